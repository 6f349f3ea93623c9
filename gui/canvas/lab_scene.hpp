#pragma once

#include <map>
#include <memory>
#include <vector>

#include <QGraphicsScene>

#include "gui/canvas/tool.hpp"
#include "gui/model/editor.hpp"
#include "gui/model/edits.hpp"
#include "gui/model/places.hpp"
#include "gui/session/session.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

class GroupItem;
class LanItem;
class LinkItem;
class MessageLayer;
class NodeItem;

/// The drawing: the lab file's nodes, cables, LANs and groups, and on them what the run says of them.
class LabScene final : public QGraphicsScene {
    Q_OBJECT

  public:
    LabScene(Editor& editor, Session& session, const Theme& theme, QObject* parent = nullptr);
    ~LabScene() override;

    Editor& editor() const { return editor_; }
    Session& session() const { return session_; }
    const Theme& theme() const { return *theme_; }
    void setTheme(const Theme& theme);
    /// Whether time has begun to pass: then a change is something that happens now.
    bool isRunning() const;

    Selection selection() const;
    void select(const Selection& selection);
    const NodeItem* nodeNamed(const QString& name) const;
    const LinkItem* linkNamed(const QString& name) const;
    const NodeItem* nodeAt(QPointF at) const;
    const LanItem* lanAt(QPointF at) const;

    /// Null: select and move.
    void setTool(std::unique_ptr<Tool> tool);
    const Tool* tool() const { return tool_.get(); }
    /// Esc: gives up what the tool has begun, or puts the tool down.
    void cancel();
    /// To the grid on which nodes stand.
    static QPointF snapped(QPointF at);

    /// Which picture lies over the cables. The data plane is that of the session's chosen prefix.
    enum class Layer { Physical, DataPlane, Sessions };
    void setLayer(Layer layer);
    Layer layer() const { return layer_; }

  Q_SIGNALS:
    void toolChanged();
    void arranged();  ///< items stand elsewhere, or are others
    void menuRequested(const QPoint& screen);
    void nodeActivated(const QString& name);

  protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseMoveEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseReleaseEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) override;
    void contextMenuEvent(QGraphicsSceneContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void showLab();
    void showRun();
    void showLayer();
    void rebuild();
    void showNodes(const LabFile& lab);
    void showCables(const LabFile& lab);
    void showGroups(const LabFile& lab);
    void showAddedLinks(const Snapshot& shot);
    void arrange();
    void placeCables();
    void placeLans();
    void placeGroups();
    void takeMoves();
    void nudge(QPointF by);
    template <typename Item>
    static void dropStale(std::map<QString, Item*>& items, const std::map<QString, bool>& present);

    Editor& editor_;
    Session& session_;
    const Theme* theme_;
    std::map<QString, NodeItem*> nodes_;
    std::map<QString, LinkItem*> links_;
    std::map<QString, LanItem*> lans_;
    std::map<QString, GroupItem*> groups_;
    std::map<QString, std::pair<QString, QString>> ends_;  ///< the nodes of each link
    std::map<QString, std::vector<QString>> lanNodes_;
    MessageLayer* messages_ = nullptr;
    std::unique_ptr<Tool> tool_;
    Layer layer_ = Layer::Physical;
    bool layerIsPlain_ = true;  ///< nothing of it is on any item
};

}  // namespace peerscape::gui
