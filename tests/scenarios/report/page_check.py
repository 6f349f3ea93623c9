"""A browser shows report.html: without an error, without a request, for everybody, and on paper.

    page_check.py PROGRAM
"""
import base64
import json
import sys
import tempfile
import unittest

import browser
import labs

PROGRAM = sys.argv.pop(1)
AXE = (labs.HERE / "axe-core/axe.min.js").read_text(encoding="utf-8")


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.reports = labs.write_reports(PROGRAM, cls.folder.name)
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)

    def show(self, lab):
        """Loads the page of a lab; returns its address."""
        url = (self.reports[lab] / "report.html").as_uri()
        self.browser.load(url)
        return url

    def test_asks_for_nothing_and_complains_of_nothing(self):
        for lab in self.reports:
            with self.subTest(lab):
                url = self.show(lab)
                requests = [r for r in self.browser.requests() if not r.startswith("data:")]
                self.assertEqual(requests, [url])
                self.assertEqual(self.browser.complaints(), [])

    def test_has_no_accessibility_finding_on_screen_by_day_and_night_and_on_paper(self):
        self.addCleanup(self.browser.emulate)
        for media, scheme in (("screen", "light"), ("screen", "dark"), ("print", "light")):
            self.browser.emulate(media, scheme)
            for lab in self.reports:
                with self.subTest(lab):
                    self.show(lab)
                    self.browser.evaluate(AXE + "; true")
                    found = json.loads(self.browser.evaluate(
                        "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v => "
                        "({id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html)}))))"))
                    self.assertEqual(found, [], f"{media} {scheme}")

    def test_night_is_dark_and_paper_is_white(self):
        self.addCleanup(self.browser.emulate)
        background = "getComputedStyle(document.body).backgroundColor"
        for lab in self.reports:
            with self.subTest(lab):
                self.show(lab)
                for media, scheme, expected in (("screen", "light", "rgb(255, 255, 255)"),
                                                ("screen", "dark", "rgb(18, 24, 31)"),
                                                ("print", "dark", "rgb(255, 255, 255)")):
                    self.browser.emulate(media, scheme)
                    self.assertEqual(self.browser.evaluate(background), expected, f"{media} {scheme}")

    def test_pictures_are_there_and_have_a_size(self):
        for lab in self.reports:
            with self.subTest(lab):
                self.show(lab)
                pictures = self.browser.evaluate(
                    "[...document.querySelectorAll('svg')].map(s => { const b = s.getBoundingClientRect();"
                    " return [s.querySelector('title').textContent, b.width, b.height, s.querySelectorAll('*').length]; })")
                titles = [title for title, *_ in pictures]
                self.assertEqual(titles[0], "Drawing of the topology")
                self.assertEqual(titles[1], "Messages and reachability over the whole run")
                self.assertRegex(titles[2], r"When routes changed in step \d")
                for title, width, height, parts in pictures:
                    self.assertGreater(width, 300, title)
                    self.assertGreater(height, 60, title)
                    self.assertGreater(parts, 10, title)

    def test_style_of_the_page_is_in_force(self):
        for lab in self.reports:
            with self.subTest(lab):
                self.show(lab)
                self.assertIn("Inter", self.browser.evaluate("getComputedStyle(document.body).fontFamily"))

    def test_audit_would_find_something(self):
        self.browser.load("data:text/html,<html><img src='data:,'><p style='color:%23ccc;background:white'>pale</p></html>")
        self.browser.evaluate(AXE + "; true")
        found = self.browser.evaluate("axe.run().then(r => r.violations.map(v => v.id).join(' '))")
        self.assertIn("image-alt", found)
        self.assertIn("color-contrast", found)

    def test_links_lead_somewhere(self):
        for lab in self.reports:
            with self.subTest(lab):
                self.show(lab)
                dead = self.browser.evaluate(
                    "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
                    ".filter(h => !document.getElementById(h.slice(1)))")
                self.assertEqual(dead, [])
                double = self.browser.evaluate(
                    "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)")
                self.assertEqual(double, [])

    def test_fits_a_telephone(self):
        self.browser.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
        self.addCleanup(self.browser.call, "Emulation.clearDeviceMetricsOverride")
        for lab in self.reports:
            with self.subTest(lab):
                self.show(lab)
                self.assertLessEqual(self.browser.evaluate("document.documentElement.scrollWidth"), 360)

    def test_pictures_stay_inside_their_frames(self):
        for lab in self.reports:
            with self.subTest(lab):
                self.show(lab)
                outside = self.browser.evaluate(
                    "[...document.querySelectorAll('svg')].flatMap(svg => { const f = svg.getBoundingClientRect();"
                    " return [...svg.querySelectorAll('text')].filter(t => { const b = t.getBoundingClientRect();"
                    " return b.left < f.left - 1 || b.right > f.right + 1 || b.top < f.top - 1 || b.bottom > f.bottom + 1; })"
                    ".map(t => t.textContent); })")
                self.assertEqual(outside, [])

    def test_prints(self):
        for lab in self.reports:
            with self.subTest(lab):
                self.show(lab)
                pdf = base64.b64decode(self.browser.call("Page.printToPDF", preferCSSPageSize=True)["data"])
                self.assertTrue(pdf.startswith(b"%PDF-"))
                self.assertGreater(len(pdf), 20_000)


if __name__ == "__main__":
    unittest.main()
