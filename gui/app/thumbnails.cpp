#include "gui/app/thumbnails.hpp"

#include <algorithm>
#include <utility>

#include <QDateTime>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmapCache>

#include "gui/app/drawn_area.hpp"
#include "gui/translations/language.hpp"

namespace peerscape::gui {

namespace {

constexpr qint64 kLargest = 256 * 1024;  ///< bytes of a lab file

}  // namespace

Thumbnails::Thumbnails() : scene_(editor_, session_, Theme::light()) {}

QPixmap Thumbnails::of(const QString& path, QSize size, const Theme& theme) {
    const QFileInfo file(path);
    const QString key = QString("lab %1 %2 %3x%4 %5 %6")
                            .arg(path)
                            .arg(file.lastModified().toMSecsSinceEpoch())
                            .arg(size.width())
                            .arg(size.height())
                            .arg(theme.isDark)
                            .arg(spokenLanguage());
    QPixmap picture;
    if (QPixmapCache::find(key, &picture)) return picture;
    if (file.size() <= kLargest) picture = draw(path, size, theme);
    QPixmapCache::insert(key, picture);
    return picture;
}

QPixmap Thumbnails::draw(const QString& path, QSize size, const Theme& theme) {
    Document::Opened opened = Document::open(path.toStdString(), spokenLanguage().toStdString());
    if (!opened.document) return {};
    scene_.setTheme(theme);
    // Without its path, so that nothing is done about unsaved work that waits beside the file.
    Document drawn;
    drawn.apply({}, *opened.document->lab());
    editor_.replace(std::move(drawn));
    constexpr double kCloser = 20;  // A small picture needs less of a margin.
    const QRectF area = drawnArea(scene_).adjusted(kCloser, kCloser, -kCloser, -kCloser);
    const double sharp = qGuiApp->devicePixelRatio();
    QPixmap picture(size * sharp);
    picture.setDevicePixelRatio(sharp);
    picture.fill(theme.canvas);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    // Small drawings are not blown up beyond their own size.
    const double scale = std::min({size.width() / area.width(), size.height() / area.height(), 1.0});
    QRectF target(QPointF(0, 0), area.size() * scale);
    target.moveCenter(QRectF(QPointF(0, 0), QSizeF(size)).center());
    scene_.render(&painter, target, area);
    return picture;
}

}  // namespace peerscape::gui
