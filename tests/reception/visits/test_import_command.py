"""manage.py import_visits: the same problems as the page, nothing stored without --commit, exit codes that a script can read."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from config.jobs.models import Job
from reception.visits.models import RegisterImport, Visit
from tests.reception.visits.imports import rows_file
from tests.reception.visits.registers import OTHER_MAPPING, REGISTER, other_copy

GOOD = ["2025-03-02", "10:05", "10:30", "李国强", "138 0013 8000", 2, "看产品", "Reception Wang", ""]
UNTIMED = ["2025-03-03", "", "", "王芳", "13900139000", 1, "咨询", "", ""]


@pytest.fixture
def run(cast, tmp_path):
    """Runs the command on bytes, or on a file; returns what it printed."""
    def command(file, *arguments):
        if isinstance(file, bytes):
            path = tmp_path / "register.xlsx"
            path.write_bytes(file)
            file = path
        out = io.StringIO()
        try:
            call_command("import_visits", str(file), *arguments, stdout=out)
        except CommandError as error:
            error.printed = out.getvalue()
            raise
        return out.getvalue()
    return command


def test_a_trial_prints_every_problem_and_stores_nothing(run):
    printed = run(REGISTER, "--hall", "sales", "--by", "reception")
    assert "3月!F36 [reported] 联系电话: “1963049403” is not a complete telephone number." in printed
    assert printed.count("[reported]") == 27
    assert "visits: 605" in printed
    assert not Visit.objects.exists() and not RegisterImport.objects.exists() and not Job.objects.exists()


def test_commit_brings_in_and_again_doubles_nothing(run):
    assert "Brought in: 605 visits" in run(REGISTER, "--hall", "sales", "--by", "reception", "--commit")
    assert "here already: 605" in run(REGISTER, "--hall", "sales", "--by", "reception", "--commit")
    assert Visit.objects.count() == 605


def test_a_mapping_file_is_enough_for_other_headings(run, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"columns": OTHER_MAPPING}), encoding="utf-8")
    assert "Brought in: 605 visits" in run(other_copy().read(), "--hall", "sales", "--by", "reception", "--mapping", str(mapping), "--commit")


def test_refused_rows_are_named_and_the_exit_code_says_so_while_the_others_go_in(run):
    with pytest.raises(CommandError, match="Rows are refused: 1") as refusal:
        run(rows_file(GOOD, UNTIMED), "--hall", "sales", "--by", "reception", "--commit")
    assert refusal.value.returncode == 1
    assert "登记!B3 [refused] 到访时间: This row has no arrival time." in refusal.value.printed
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(("content", "arguments", "sentence"), [
    (b"%PDF-1.4", ("--hall", "sales", "--by", "reception"), "neither an Excel workbook"),
    (None, ("--by", "reception"), "Name the hall with --hall, one of: "),
    (None, ("--hall", "sales"), "Name with --by the user"),
    (None, ("--hall", "sales", "--by", "nobody"), "Name with --by the user"),
    (None, ("--hall", "sales", "--by", "reception", "--mapping", "missing.json"), "missing.json cannot be read"),
])
def test_what_cannot_be_done_is_said_with_exit_code_2(run, content, arguments, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(content or rows_file(GOOD), *arguments)
    assert refusal.value.returncode == 2
    assert not RegisterImport.objects.exists()
