#pragma once

#include <functional>
#include <vector>

#include <QPainter>
#include <QWidget>

namespace peerscape::gui {

class CanvasView;
class LabScene;

/// What the signs of the present layer mean, in a corner of the view. Of the cables alone there is nothing to
/// say.
class Legend final : public QWidget {
    Q_OBJECT

  public:
    Legend(LabScene& scene, CanvasView& view);

    /// Whether anybody wants it; it is seen when there is something to say as well.
    void setWanted(bool wanted);
    bool isWanted() const { return isWanted_; }
    /// The meanings, from top to bottom.
    QStringList texts() const;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    struct Row {
        std::function<void(QPainter&, const QRectF&)> sign;
        QString text;
    };

    void fill();
    void place();
    void add(const QString& text, std::function<void(QPainter&, const QRectF&)> sign);
    void addLine(const QString& text, const QColor& colour, double width, Qt::PenStyle style);
    void fillDataPlane();
    void fillSessions();
    void fillControlPlane();
    void fillRelations();
    void fillTraffic();

    LabScene& scene_;
    CanvasView& view_;
    QString title_;
    std::vector<Row> rows_;
    bool isWanted_ = true;
};

}  // namespace peerscape::gui
