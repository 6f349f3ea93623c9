#pragma once

#include <QObject>
#include <QTimer>

#include "gui/model/document.hpp"

namespace peerscape::gui {

/// The document of a window, and the news of it: whoever shows the lab listens to changed().
class Editor : public QObject {
    Q_OBJECT

  public:
    explicit Editor(QObject* parent = nullptr);

    const Document& document() const { return document_; }
    const LabFile& lab() const { return *document_.lab(); }

    /// Another lab altogether; undo begins anew.
    void replace(Document document);
    /// One gesture. Refused while the drawing is locked.
    void apply(const QString& gesture, LabFile next);
    /// The same for what may have failed: then refused() says why, and nothing changes.
    void apply(const QString& gesture, Result<LabFile> next);
    void undo();
    void redo();
    Result<void> save();
    Result<void> saveAs(const std::filesystem::path& path);

    /// Against accidents in front of a class: gestures that would change the drawing are refused.
    bool isLocked() const { return isLocked_; }
    void setLocked(bool locked);
    /// Writes or removes the recovery file now, as it happens by itself half a second after a change.
    void keepRecovery();

  Q_SIGNALS:
    void changed();                         ///< the lab is another one
    void replaced();                        ///< and has nothing to do with the one before
    void saved();                           ///< the file is now what the lab is
    void refused(const QString& sentence);  ///< a gesture was not possible

  private:
    Document document_;
    QTimer recoveryTimer_;
    bool isLocked_ = false;
};

}  // namespace peerscape::gui
