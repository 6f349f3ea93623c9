#pragma once

#include <map>

#include <QLabel>
#include <QPlainTextEdit>
#include <QTreeWidget>
#include <QWidget>

#include "gui/session/session.hpp"

namespace peerscape::gui {

/// One event closely: the fields of its message as a tree, its bytes beside them, and what followed from it.
/// A field marks its bytes, a byte its field; a click on what followed goes on to that event.
class MessagePanel final : public QWidget {
    Q_OBJECT

  public:
    explicit MessagePanel(Session& session, QWidget* parent = nullptr);

    void show(const MessageViewPtr& event);
    QTreeWidget& fields() const { return *fields_; }
    QPlainTextEdit& bytes() const { return *bytes_; }
    QTreeWidget& consequences() const { return *consequences_; }

    /// "0000  45 c0 00 34 …  E..4…": sixteen bytes in a line.
    static QString dumpOf(const std::vector<std::uint8_t>& bytes);
    /// The byte whose digits or letter stand at this place of the dump; -1: none.
    static qsizetype byteAt(qsizetype position);

  private:
    void addFields(QTreeWidgetItem* parent, const std::vector<FieldView>& fields);
    void markBytesOf(const QTreeWidgetItem* item);
    void selectFieldAt(qsizetype byte);

    Session& session_;
    MessageViewPtr event_;
    QLabel* title_;
    QTreeWidget* fields_;
    QPlainTextEdit* bytes_;
    QTreeWidget* consequences_;
};

}  // namespace peerscape::gui
