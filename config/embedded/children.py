"""Child processes that die with their parent."""
import ctypes
import signal
import subprocess
import sys
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def dying_with_parent(number):
    """A function to run in the child before its program: the kernel sends it this signal when we are killed."""
    if _libc is None:
        return None

    def tell_the_kernel():
        _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)

    return tell_the_kernel


@dataclass
class Child:
    """One program that we keep running: how to start it, and which signal ends it in good order."""

    name: str
    command: list
    end_signal: int = signal.SIGTERM
    patience: float = 10.0  # seconds between the end signal and SIGKILL
    options: dict = field(default_factory=dict)  # more arguments of Popen
    process: subprocess.Popen | None = None
    asked: bool = False

    def start(self):
        """Start the program in a session of its own, so that Ctrl-C reaches us alone."""
        self.asked = False
        self.process = subprocess.Popen(
            [str(part) for part in self.command], stdin=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=dying_with_parent(self.end_signal), **self.options)
        return self.process

    @property
    def running(self):
        """Whether the program is there now."""
        return self.process is not None and self.process.poll() is None

    def ask_to_end(self):
        """Send the end signal, once."""
        if self.running and not self.asked:
            self.process.send_signal(self.end_signal)
            self.asked = True

    def stop(self):
        """End the program: first its end signal, SIGKILL when its patience is over."""
        if not self.running:
            return
        self.ask_to_end()
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
