"""Runs labs with --report for the checks beside this file."""
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]

# Name -> (lab, exit code): one that passes, one that never rests, one with everything that could go wrong.
LABS = {
    "four-buildings-rip": (ROOT / "scenarios/labs/four-buildings-rip", 0),
    "count-to-infinity": (ROOT / "scenarios/labs/count-to-infinity", 0),
    "odd": (HERE / "odd.yaml", 1),
}


def write_reports(program, folder):
    """A report of every lab in a folder of its own; returns name -> folder."""
    reports = {}
    for name, (lab, code) in LABS.items():
        reports[name] = pathlib.Path(folder) / name
        # From the root, so that no path of this machine gets into a report.
        run = subprocess.run([program, "run", str(lab.relative_to(ROOT)), "--report", str(reports[name])],
                             capture_output=True, text=True, cwd=ROOT)
        assert run.returncode == code, f"{name}: exit code {run.returncode}\n{run.stdout}{run.stderr}"
        files = sorted(file.name for file in reports[name].iterdir())
        assert files == ["events.csv", "junit.xml", "report.html", "report.json"], files
    return reports
