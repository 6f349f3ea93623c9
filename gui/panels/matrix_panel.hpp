#pragma once

#include <QLabel>
#include <QTableWidget>
#include <QWidget>

#include "gui/session/session.hpp"

namespace peerscape::gui {

/// Who reaches whom at this instant: a row for each sender, a column for each destination. A click shows the
/// path.
class MatrixPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit MatrixPanel(Session& session, QWidget* parent = nullptr);

    QTableWidget& table() const { return *table_; }
    /// Whether its dock is in front. What nobody sees is not found out.
    void setSeen(bool seen);
    /// "A → C → D ✓": of the cell that was clicked last.
    QString path() const { return path_->text(); }

  Q_SIGNALS:
    /// The nodes and links of the path that is to be seen.
    void pathChosen(const QStringList& nodes, const QStringList& links);

  private:
    void watchWhileSeen();
    void showRun();
    void showNames(const ReachMatrix& matrix);
    void choose(int row, int column);
    QString textOf(const ReachMatrix& matrix, std::size_t from, std::size_t to) const;

    Session& session_;
    QLabel* summary_;
    QLabel* path_;
    QTableWidget* table_;
    bool isSeen_ = false;
};

}  // namespace peerscape::gui
