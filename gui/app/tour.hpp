#pragma once

#include <vector>

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

namespace peerscape::gui {

/// One thing the tour points at.
struct TourStop {
    QWidget* target = nullptr;
    QString title;
    QString text;
};

/// A walk round the window: everything but one thing is dimmed, and beside it stands what it is for. Arrow
/// keys or buttons go on and back, Esc ends it. It lies over the window it is given, and goes away by itself.
class Tour final : public QWidget {
    Q_OBJECT

  public:
    Tour(QWidget& window, std::vector<TourStop> stops);

    int place() const { return place_; }
    int length() const { return static_cast<int>(stops_.size()); }
    void goTo(int place);
    /// What is not dimmed; empty: nothing is pointed at.
    QRect lit() const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void arrange();

    std::vector<TourStop> stops_;
    int place_ = 0;
    QFrame* bubble_;
    QLabel* text_;
    QLabel* count_;
    QPushButton* back_;
    QPushButton* next_;
};

}  // namespace peerscape::gui
