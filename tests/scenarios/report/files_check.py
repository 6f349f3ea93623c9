"""Other people's parsers read what --report writes: jsonschema, xmllint, junitparser, csv, html5lib.

    files_check.py PROGRAM
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import html5lib
import jsonschema
import junitparser

import labs

PROGRAM = sys.argv.pop(1)


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.reports = labs.write_reports(PROGRAM, cls.folder.name)

    def each(self, name):
        """The file of that name in the report of every lab, with the lab's name."""
        return [(lab, folder / name) for lab, folder in self.reports.items()]

    def test_json_fits_its_schema(self):
        schema = json.loads((labs.ROOT / "docs/report.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        for lab, path in self.each("report.json"):
            with self.subTest(lab):
                jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text()))

    def test_schema_refuses_what_is_no_report(self):
        schema = json.loads((labs.ROOT / "docs/report.schema.json").read_text())
        report = json.loads((self.reports["odd"] / "report.json").read_text())
        report["steps"][1]["expectations"][0]["verdict"] = "perhaps"
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate(report)

    def test_json_says_what_went_wrong(self):
        report = json.loads((self.reports["odd"] / "report.json").read_text())
        self.assertFalse(report["run"]["passed"])
        failed = report["steps"][1]["expectations"][0]
        self.assertEqual(failed["verdict"], "fail")
        self.assertEqual(failed["claim"], 'A still "reaches" C & <D>')
        self.assertEqual(failed["expected"], "A reaches 10.3.0.1")
        self.assertIn("No way left", failed["actual"])

    def test_junit_fits_the_common_schema(self):
        for lab, path in self.each("junit.xml"):
            with self.subTest(lab):
                xmllint = subprocess.run(["xmllint", "--noout", "--schema", str(labs.HERE / "junit.xsd"), str(path)],
                                         capture_output=True, text=True)
                self.assertEqual(xmllint.returncode, 0, xmllint.stderr)

    def test_junit_shows_every_expectation_to_a_parser(self):
        for lab, path in self.each("junit.xml"):
            with self.subTest(lab):
                suites = list(junitparser.JUnitXml.fromfile(str(path)))
                cases = [case for suite in suites for case in suite]
                report = json.loads((path.parent / "report.json").read_text())
                claims = [e for step in report["steps"] for e in step["expectations"]]
                self.assertEqual(len(suites), len(report["steps"]))
                if lab != "odd":
                    self.assertEqual(len(cases), len(claims))
                for case in cases:
                    for result in case.result:
                        self.assertTrue(result.message)

    def test_junit_has_messages_of_failures(self):
        suites = list(junitparser.JUnitXml.fromfile(str(self.reports["odd"] / "junit.xml")))
        case = list(suites[1])[0]
        self.assertEqual(case.name, 'A still "reaches" C & <D>')
        self.assertIsInstance(case.result[0], junitparser.Failure)
        self.assertIn("expected: A reaches 10.3.0.1; actual: No way left", case.result[0].message)
        self.assertEqual([s.failures for s in suites][1], 1)

    def test_csv_has_whole_rows_whose_causes_come_before(self):
        for lab, path in self.each("events.csv"):
            with self.subTest(lab):
                with open(path, newline="", encoding="utf-8") as file:
                    rows = list(csv.DictReader(file, strict=True))
                report = json.loads((path.parent / "report.json").read_text())
                self.assertEqual(len(rows), report["run"]["records"])
                time = 0
                for number, row in enumerate(rows):
                    self.assertNotIn(None, row)
                    self.assertNotIn(None, row.values())
                    self.assertEqual(int(row["id"]), number)
                    if row["cause"]:
                        self.assertLess(int(row["cause"]), number)
                    self.assertGreaterEqual(int(row["time_ns"]), time)
                    time = int(row["time_ns"])
                changes = sum(row["kind"] == "route changed" for row in rows)
                self.assertGreaterEqual(changes, sum(step["route_changes"] for step in report["steps"]))
                sent = sum(row["kind"] == "packet sent" and row["protocol"] != "" for row in rows)
                counted = sum(count for series in report["messages"]["protocols"].values() for _, count in series)
                self.assertEqual(sent, counted)

    def test_html_parses_without_an_error(self):
        for lab, path in self.each("report.html"):
            with self.subTest(lab):
                html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))

    def test_markup_in_names_stays_text(self):
        page = (self.reports["odd"] / "report.html").read_text(encoding="utf-8")
        self.assertNotIn("<script", page)
        self.assertNotIn("<img", page)
        self.assertNotIn('href="javascript', page)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", page)

    def test_the_same_run_writes_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as other:
            again = labs.write_reports(PROGRAM, other)
            for lab, folder in self.reports.items():
                for file in folder.iterdir():
                    self.assertEqual(file.read_bytes(), (again[lab] / file.name).read_bytes(), f"{lab}/{file.name}")


if __name__ == "__main__":
    unittest.main()
