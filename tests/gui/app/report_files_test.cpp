#include "gui/app/report_files.hpp"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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

}  // namespace
}  // namespace peerscape::gui
