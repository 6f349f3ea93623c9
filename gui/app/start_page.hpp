#pragma once

#include <memory>

#include <QLineEdit>
#include <QTimer>
#include <QTreeWidget>
#include <QWidget>

#include "gui/app/lab_shelf.hpp"

namespace peerscape::gui {

class Thumbnails;

/// What one sees before there is a drawing: recent labs, exercises, and the shipped labs by topic, each with
/// its picture.
class StartPage final : public QWidget {
    Q_OBJECT

  public:
    explicit StartPage(QWidget* parent = nullptr);
    ~StartPage() override;

    QTreeWidget& tree() const { return *tree_; }
    /// Reads labs, exercises and what is remembered of them again.
    void refresh();

  Q_SIGNALS:
    void chosen(const QString& path);
    void exerciseChosen(const QString& path);
    void newAsked();
    void openAsked();
    void importAsked();
    void exercisesAsked();
    void tourAsked();

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeButtons();
    void fill();
    void addTopic(const QString& title, const std::vector<LabCard>& labs, bool areExercises = false);
    void drawNext();

    QTreeWidget* tree_;
    QLineEdit* search_;
    std::unique_ptr<Thumbnails> thumbnails_;  ///< made when the first picture is drawn
    QTimer drawing_;                          ///< one picture a turn, so that the window answers in between
};

}  // namespace peerscape::gui
