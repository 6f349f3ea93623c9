#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <QGraphicsScene>

#include "gui/canvas/tool.hpp"
#include "gui/model/editor.hpp"
#include "gui/model/edits.hpp"
#include "gui/model/folding.hpp"
#include "gui/model/places.hpp"
#include "gui/session/session.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

class ArrowLayer;
class BundleItem;
class GroupItem;
class LanItem;
class LinkItem;
class MessageLayer;
class NodeItem;
class NoteItem;
struct Overlay;

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
    const GroupItem* groupNamed(const QString& name) const;
    /// In the order of the lab's list.
    const std::vector<NoteItem*>& notes() const { return notes_; }
    const NodeItem* nodeAt(QPointF at) const;
    const LanItem* lanAt(QPointF at) const;

    /// Where a packet is seen that has gone `part` (0 to 1) of its way over the link from the node; nothing
    /// when the link is not to be seen, or inside a closed group.
    std::optional<QPointF> placeOnLink(const QString& link, const QString& from, double part) const;
    /// Where what is to be read in the middle of a link stands; nothing: it is not to be seen.
    std::optional<QPointF> middleOfLink(const QString& link) const;
    /// Where the node is seen: where it stands, or its closed group.
    QPointF anchorOf(const QString& node) const;

    /// Closed groups are drawn as one icon. A matter of looking: the lab stays as it is.
    bool isFolded(const QString& group) const { return folding_.isFolded(group.toStdString()); }
    void setFolded(const QString& group, bool folded);
    /// Opens those of the groups that are closed; where none is, closes them all.
    void toggleFolded(const std::set<std::string>& groups);

    // By keyboard (lab_scene_keys.cpp).
    /// What is in sight, in the order of Tab: nodes, LANs, links, groups, each by name.
    std::vector<QGraphicsItem*> walkOrder() const;
    /// To the next or the previous item. False: there is none any more.
    bool walk(bool forward);
    /// Gives it the keyboard, selects it, and brings it into sight.
    void walkTo(QGraphicsItem& item);
    /// Enter: what a click of the tool in the hand would do there, or the properties.
    void pressByKey();
    /// Kind and name of an item that can be selected.
    static std::optional<std::pair<int, QString>> keyOf(const QGraphicsItem& item);
    /// Null: there is none any more.
    QGraphicsItem* itemNamed(int type, const QString& name) const;

    /// Null: select and move.
    void setTool(std::unique_ptr<Tool> tool);
    const Tool* tool() const { return tool_.get(); }
    /// Esc: gives up what the tool has begun, or puts the tool down.
    void cancel();
    /// To the grid on which nodes stand.
    static QPointF snapped(QPointF at);

    /// Which picture lies over the cables. The data plane is that of the session's chosen prefix.
    enum class Layer { Physical, DataPlane, Sessions, ControlPlane, Relations, Traffic };
    void setLayer(Layer layer);
    Layer layer() const { return layer_; }
    const ArrowLayer& arrows() const { return *arrows_; }
    const MessageLayer& messages() const { return *messages_; }
    /// Nothing moves by itself: messages are counted instead of flying, arrows do not swing and fade.
    void setStill(bool isStill);

  Q_SIGNALS:
    void toolChanged();
    void layerChanged();
    void arranged();  ///< items stand elsewhere, or are others
    void menuRequested(const QPoint& screen);
    void nodeActivated(const QString& name);
    void propertiesAsked();

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
    Overlay overlay() const;
    void rebuild();
    void showNodes(const LabFile& lab);
    void showCables(const LabFile& lab);
    void showGroups(const LabFile& lab);
    void showNotes(const LabFile& lab);
    void showAddedLinks(const Snapshot& shot);
    bool isInOrder(const Snapshot& shot) const;
    void orderItems(const Snapshot& shot);
    /// Whenever items come or go.
    void forgetOrder();
    void showFolding();
    void showBundles();
    void showRunOfFolded(const Snapshot& shot);
    void placeBundles();
    void placeIcons();
    QPointF iconPlaceOf(const QString& group) const;
    QRectF boxOf(const std::string& node) const;
    void arrange();
    void placeCables();
    void placeNames();
    void placeLans();
    void placeGroups();
    void placeTitles();
    void showLayerOfBundles(const Overlay& overlay);
    /// What is dragged, and from where.
    struct Drag {
        std::map<QString, QPointF> begin;  ///< the nodes, and where they stood
        bool hasNotes = false;             ///< notes are dragged, perhaps nothing else
        QString group;                     ///< that is dragged as a whole; empty: nodes are
        QPointF from;                      ///< where it was taken hold of
        std::set<QString> torn;            ///< groups of which some nodes are dragged and some are not
    };
    void beginDrag(QPointF at);
    void drag(QGraphicsSceneMouseEvent& event);
    void endDrag(const QGraphicsSceneMouseEvent& event);
    bool canRehouse(const QGraphicsSceneMouseEvent& event) const;
    QString groupUnder(QPointF at) const;
    QString homeOf(const QString& node) const;
    void markTarget(const QString& group);
    /// What the end of a drag makes of the groups: nodes and where they lie from now on.
    std::map<std::string, std::string> newHomes() const;
    /// `nesting`: a group, and the one it lies in from now on (empty: none).
    void takeMoves(const std::map<std::string, std::string>& homes,
                   const std::optional<std::pair<std::string, std::string>>& nesting);
    /// Where notes are seen that the lab has elsewhere.
    std::map<std::size_t, CanvasPoint> movedNotes() const;
    void nudge(QPointF by);
    void askMenuByKey();
    template <typename Item>
    static void dropStale(std::map<QString, Item*>& items, const std::map<QString, bool>& present);

    Editor& editor_;
    Session& session_;
    const Theme* theme_;
    std::map<QString, NodeItem*> nodes_;
    std::map<QString, LinkItem*> links_;
    std::map<QString, LanItem*> lans_;
    std::map<QString, GroupItem*> groups_;
    std::vector<NoteItem*> notes_;
    std::map<QString, std::pair<QString, QString>> ends_;  ///< the nodes of each link
    std::map<QString, std::vector<QString>> lanNodes_;
    // The items in the order of the snapshot that was shown last.
    struct OrderedNode {
        std::string name;
        NodeItem* item = nullptr;
    };
    struct OrderedCable {
        std::string name;
        LinkItem* link = nullptr;
        LanItem* lan = nullptr;
    };
    std::vector<OrderedNode> nodeOrder_;
    std::vector<OrderedCable> cableOrder_;
    Folding folding_;
    std::map<QString, QPointF> icons_;   ///< where closed groups are seen
    std::map<QString, QString> hidden_;  ///< nodes in closed groups, and the group that is seen instead
    /// By what is seen at both ends, in order: a node, or a group.
    std::map<std::pair<QString, QString>, BundleItem*> bundles_;
    struct Bundled {
        BundleItem* bundle = nullptr;
        bool isReversed = false;  ///< the first end of the link lies at the second of the bundle
    };
    std::map<QString, Bundled> bundleOf_;  ///< by link
    std::optional<Drag> drag_;
    MessageLayer* messages_ = nullptr;
    ArrowLayer* arrows_ = nullptr;
    bool isStill_ = false;
    std::unique_ptr<Tool> tool_;
    Layer layer_ = Layer::Physical;
    bool layerIsPlain_ = true;  ///< nothing of it is on any item
    /// What the arrows were of that were shown last.
    struct ShownFor {
        Layer layer = Layer::Physical;
        std::string prefix;
        std::string timeline;

        friend bool operator==(const ShownFor&, const ShownFor&) = default;
    };
    ShownFor shownFor_;
    void addLayers();
};

}  // namespace peerscape::gui
