#pragma once

#include <QString>
#include <QWidget>

namespace peerscape::gui {

/// A picture of the state machine of a protocol's neighbours: BGP's of RFC 4271 section 8.2.2, EIGRP's of
/// RFC 7868 section 5.3.5; with the state that each end is in.
class StateMachine final : public QWidget {
    Q_OBJECT

  public:
    explicit StateMachine(QWidget* parent = nullptr);

    /// `here`: this router's state, `there`: that of the other end, empty where it is not known. Other
    /// protocols than "bgp" and "eigrp" have no states: the widget hides.
    void show(const QString& protocol, const QString& here, const QString& there, const QString& nameHere,
              const QString& nameThere);

    QSize sizeHint() const override { return {360, 180}; }
    QSize minimumSizeHint() const override { return {300, 150}; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QString protocol_;
    QString here_;
    QString there_;
    QString nameHere_;
    QString nameThere_;
};

}  // namespace peerscape::gui
