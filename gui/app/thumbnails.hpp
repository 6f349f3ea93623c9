#pragma once

#include <QPixmap>
#include <QSize>
#include <QString>

#include "gui/canvas/lab_scene.hpp"
#include "gui/model/editor.hpp"
#include "gui/session/session.hpp"

namespace peerscape::gui {

/// Small pictures of labs, drawn by the canvas itself from the lab file; nothing is run for them.
class Thumbnails {
  public:
    Thumbnails();

    /// The lab's drawing, as large as fits into `size`; empty where the file cannot be read, or is so large
    /// that nothing could be made out (above 256 kB). Pictures are kept until the file changes.
    QPixmap of(const QString& path, QSize size, const Theme& theme);

    Editor& editor() { return editor_; }

  private:
    QPixmap draw(const QString& path, QSize size, const Theme& theme);

    Editor editor_;
    Session session_;
    LabScene scene_;
};

}  // namespace peerscape::gui
