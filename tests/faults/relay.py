"""A cable between browser and server that can be pulled: then nothing passes, nothing is refused, and what was on its way arrives late."""
import socket
import threading

CHUNK = 65536


class Relay:
    """`Relay(port)` listens at `relay.port` and passes everything on to the server's port until `pull()`, and again after `plug()`."""

    def __init__(self, server_port):
        self.server_port = server_port
        self._plugged = threading.Event()
        self._plugged.set()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self):
        """Nothing passes from now on."""
        self._plugged.clear()

    def plug(self):
        """Everything passes again, first what was held up."""
        self._plugged.set()

    def close(self):
        """No new connections, and the end of the old ones."""
        self._door.close()
        self._plugged.set()

    def _accept(self):
        while True:
            try:
                caller, _address = self._door.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._connect, args=(caller,), daemon=True).start()

    def _connect(self, caller):
        self._plugged.wait()
        try:
            server = socket.create_connection(("127.0.0.1", self.server_port))
        except OSError:
            caller.close()  # nobody listens there: the caller is told so by the end of the connection
            return
        threading.Thread(target=self._pass_on, args=(caller, server), daemon=True).start()
        threading.Thread(target=self._pass_on, args=(server, caller), daemon=True).start()

    def _pass_on(self, source, target):
        try:
            while data := source.recv(CHUNK):
                self._plugged.wait()
                target.sendall(data)
            self._plugged.wait()
            target.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()  # one side is gone, so that the other goes as well
            target.close()
