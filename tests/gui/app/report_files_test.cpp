#include "gui/app/report_files.hpp"

#include <QAbstractTextDocumentLayout>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include "gui/session/lab_run.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll();
}

class ReportWindow : public WindowTest {
  protected:
    QString write(const char* name) {
        const QString path = QString::fromStdString((folder_.path() / name).string());
        window_.writeReportTo(path);
        settle();
        return path;
    }
};

TEST_F(ReportWindow, WritesEveryKindOfReport) {
    open(kSquare);
    act("step");
    act("step");
    const SimTime now = shot().now;
    EXPECT_TRUE(bytesOf(write("report.html")).startsWith("<!DOCTYPE html>"));
    const QJsonObject json = QJsonDocument::fromJson(bytesOf(write("report.json"))).object();
    EXPECT_EQ(json["lab"].toObject()["title"].toString(), "Square");
    EXPECT_EQ(json["steps"].toArray().size(), 2);
    EXPECT_TRUE(bytesOf(write("junit.xml")).contains("<testsuite"));
    EXPECT_GT(bytesOf(write("events.csv")).count('\n'), 100);
    const QByteArray pdf = bytesOf(write("report.PDF"));
    EXPECT_TRUE(pdf.startsWith("%PDF-"));
    EXPECT_TRUE(pdf.contains("/Image")) << "the drawing";
    EXPECT_EQ(shot().now, now);
}

TEST_F(ReportWindow, RefusesWhatItCannotWrite) {
    open(kSquare);
    EXPECT_FALSE(QFile::exists(write("report.doc")));
    Review review;
    EXPECT_FALSE(writeReport(review, "/nowhere/report.json", {}).has_value());
    EXPECT_FALSE(writeReport(review, "/nowhere/report.pdf", {}).has_value());
}

TEST(ReportPages, SayWhatTheReportSays) {
    auto run = LabRun::load(labOf(kSquare)).run;
    ASSERT_TRUE(run->nextStep().has_value() && run->nextStep().has_value());
    const auto review = run->review();
    ASSERT_TRUE(review.has_value());
    QTextDocument document;
    document.setPageSize({800, 1100});
    fill(document, (*review)->data, {});
    const QString text = document.toPlainText();
    for (const char* wanted :
         {"Square", "Failed", "cut ab", "Not with nine hops", "Expectations met: 2 of 3"})
        EXPECT_TRUE(text.contains(wanted)) << wanted << " in " << text.toStdString();
}

TEST(ReportPages, ShowTheWholeDrawing) {
    // A picture with two pixels for a point, as the window makes it, and a red stroke at its right edge.
    QImage drawing(1200, 800, QImage::Format_RGB32);
    drawing.setDevicePixelRatio(2);
    drawing.fill(Qt::white);
    for (int y = 0; y < 800; ++y) {
        for (int x = 1160; x < 1200; ++x)
            drawing.setPixelColor(x, y, Qt::red);
    }
    // On a device finer than the screen, like paper.
    QImage page(800, 1100, QImage::Format_RGB32);
    page.setDotsPerMeterX(6000);
    page.setDotsPerMeterY(6000);
    page.fill(Qt::white);
    QTextDocument document;
    document.documentLayout()->setPaintDevice(&page);
    document.setPageSize({800, 1100});
    document.setDocumentMargin(0);
    fill(document, report::ReportData(), drawing);
    QPainter painter(&page);
    document.drawContents(&painter, QRectF(0, 0, 800, 1100));
    int red = 0;
    for (int y = 0; y < page.height(); ++y) {
        for (int x = 0; x < page.width(); ++x)
            red += page.pixelColor(x, y) == Qt::red ? 1 : 0;
    }
    // Two fifths of the page high, and a thirtieth of its own width wide.
    EXPECT_NEAR(red, 440 * 22, 440 * 4);
}

}  // namespace
}  // namespace peerscape::gui
