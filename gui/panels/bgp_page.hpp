#pragma once

#include <vector>

#include <QLabel>
#include <QWidget>

#include "gui/panels/state_table.hpp"
#include "gui/session/snapshot.hpp"

namespace peerscape::gui {

/// BGP's paths, and below them the decision ladder of the chosen one: each step of the decision process with
/// what all paths to that prefix have to show, and who is dropped where (RFC 4271, 9.1.2.2).
class BgpPage final : public QWidget {
    Q_OBJECT

  public:
    explicit BgpPage(QWidget* parent = nullptr);

    void show(const std::vector<BgpRow>& paths);
    void forget();
    StateTable& paths() const { return *paths_; }
    StateTable& ladder() const { return *ladder_; }
    QString verdict() const { return verdict_->text(); }

  Q_SIGNALS:
    void whyAsked(const QString& prefix);

  private:
    void showLadder();
    void fillLadder(const std::vector<const BgpRow*>& candidates);

    StateTable* paths_;
    QLabel* verdict_;
    StateTable* ladder_;
    std::vector<BgpRow> rows_;
};

}  // namespace peerscape::gui
