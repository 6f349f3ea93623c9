#pragma once

#include <QLineEdit>
#include <QTreeWidget>
#include <QWidget>

namespace peerscape::gui {

/// What one sees before there is a drawing: recent labs, and the shipped ones by topic.
class StartPage final : public QWidget {
    Q_OBJECT

  public:
    explicit StartPage(QWidget* parent = nullptr);

    /// The labs that come with the program; empty: none were found.
    static QString shippedLabs();
    QTreeWidget& tree() const { return *tree_; }
    void setRecent(const QStringList& paths);

  Q_SIGNALS:
    void chosen(const QString& path);
    void newAsked();
    void openAsked();

  private:
    void fill();

    QTreeWidget* tree_;
    QLineEdit* search_;
    QStringList recent_;
};

}  // namespace peerscape::gui
