#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>

#include "gui/app/checked_line.hpp"
#include "gui/session/event_filter.hpp"

namespace peerscape::gui {

/// Asks for the event that a run is to go on to: where, of which protocol, of which kind, with which words;
/// and how long it is waited for.
class RunUntilDialog final : public QDialog {
    Q_OBJECT

  public:
    /// Begins with what was asked for the last time.
    RunUntilDialog(const Snapshot& shot, const EventFilter& last, Duration limit, QWidget* parent = nullptr);

    EventFilter filter() const;
    Duration limit() const;
    void setWords(const QString& words) { words_->setText(words); }
    CheckedLine& longest() { return *longest_; }
    bool canBeTaken() const { return take_->isEnabled(); }

  private:
    QComboBox* node_;
    QComboBox* protocol_;
    QComboBox* kind_;
    QLineEdit* words_;
    QCheckBox* routine_;
    CheckedLine* longest_;
    QPushButton* take_;
};

}  // namespace peerscape::gui
