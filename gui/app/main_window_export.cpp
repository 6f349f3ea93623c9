// What the window gives away: pictures and reports.
#include <utility>

#include <QFileDialog>
#include <QFileInfo>
#include <QPainter>
#include <QSvgGenerator>

#include "gui/app/drawn_area.hpp"
#include "gui/app/main_window.hpp"
#include "gui/app/report_files.hpp"

namespace peerscape::gui {

namespace {

constexpr double kSharp = 2;  ///< pixels for a unit of the drawing

void paint(QGraphicsScene& scene, const QRectF& area, QPaintDevice& device) {
    QPainter painter(&device);
    if (!painter.isActive()) return;  // there is no such file; whoever asked for it looks
    scene.render(&painter, QRectF(QPointF(0, 0), area.size()), area);
}

}  // namespace

void MainWindow::savePicture() {
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save a picture"), "lab.svg", tr("Pictures (*.svg *.png)"));
    if (path.isEmpty()) return;
    if (auto done = writePicture(path); !done) say(QString::fromStdString(done.error().message));
}

Result<void> MainWindow::writePicture(const QString& path) const {
    const HiddenMessages hidden(*scene_);
    const QRectF area = drawnArea(*scene_);
    const QString problem = tr("'%1' cannot be written").arg(path);
    if (path.endsWith(".svg", Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setFileName(path);
        svg.setSize(area.size().toSize());
        svg.setViewBox(QRectF(QPointF(0, 0), area.size()));
        svg.setTitle(QString::fromStdString(editor_.lab().title));
        paint(*scene_, area, svg);
        if (QFileInfo(path).size() == 0) return failure(problem.toStdString());
        return {};
    }
    if (!picture(kSharp).save(path)) return failure(problem.toStdString());
    return {};
}

QImage MainWindow::picture(double scale) const {
    const HiddenMessages hidden(*scene_);
    const QRectF area = drawnArea(*scene_);
    QImage image((area.size() * scale).toSize(), QImage::Format_ARGB32);
    image.setDevicePixelRatio(scale);
    image.fill(scene_->theme().canvas);
    paint(*scene_, area, image);
    return image;
}

void MainWindow::saveReport() {
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the report"), "report.html",
        tr("Web page (*.html);;Pages for print (*.pdf);;Data (*.json);;Table of all events (*.csv);;JUnit "
           "(*.xml)"));
    if (!path.isEmpty()) writeReportTo(path);
}

void MainWindow::writeReportTo(const QString& path) {
    session_.pause();
    reportPath_ = path;
    say(tr("The timeline is run once more, for the report…"));
    session_.review();
}

void MainWindow::finishReport(const ReviewPtr& review) {
    const QString path = std::exchange(reportPath_, QString());
    if (path.isEmpty()) return;
    if (review->isGivenUp) {
        say(tr("The report was given up."));
        return;
    }
    // Paper is light.
    if (isDark_) scene_->setTheme(Theme::light());
    const QImage drawing = picture(kSharp);
    if (isDark_) scene_->setTheme(Theme::dark());
    if (auto done = writeReport(*review, path, drawing); !done) {
        say(QString::fromStdString(done.error().message));
        return;
    }
    say(tr("The report is written: %1").arg(path));
}

}  // namespace peerscape::gui
