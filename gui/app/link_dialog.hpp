#pragma once

#include <vector>

#include <QDialog>
#include <QFormLayout>
#include <QPushButton>

#include "gui/app/checked_line.hpp"
#include "gui/session/snapshot.hpp"
#include "scenarios/format/lab_actions.hpp"

namespace peerscape::gui {

/// Asks for another delay, bandwidth or loss of links that run. The fields begin with what the links have
/// now; one in which they differ is empty, and what is left empty stays as it is.
class LinkDialog final : public QDialog {
    Q_OBJECT

  public:
    explicit LinkDialog(std::vector<LinkView> links, QWidget* parent = nullptr);

    /// An action for each link of which something was changed.
    std::vector<lab_action::Change> changes() const;

    CheckedLine& delay() { return *delay_; }
    CheckedLine& bandwidth() { return *bandwidth_; }
    CheckedLine& loss() { return *loss_; }
    bool canBeTaken() const { return take_->isEnabled(); }

  private:
    CheckedLine* addField(QFormLayout& form, const QString& label, std::string LinkView::* value,
                          CheckedLine::Check check);
    void refresh();

    std::vector<LinkView> links_;
    CheckedLine* delay_ = nullptr;
    CheckedLine* bandwidth_ = nullptr;
    CheckedLine* loss_ = nullptr;
    QPushButton* take_ = nullptr;
};

}  // namespace peerscape::gui
