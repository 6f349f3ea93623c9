#include "gui/panels/why_panel.hpp"

#include <QBoxLayout>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QSplitter>

#include "gui/model/text.hpp"

namespace peerscape::gui {

namespace {

constexpr int kTime = Qt::UserRole;
constexpr int kNode = Qt::UserRole + 1;
constexpr int kLink = Qt::UserRole + 2;

}  // namespace

WhyPanel::WhyPanel(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), steps_(new QTreeWidget), text_(new QTextBrowser) {
    steps_->setHeaderLabels({tr("Time"), tr("Where"), tr("What happened, the cause first")});
    steps_->setColumnWidth(0, 105);
    steps_->setColumnWidth(1, 70);
    steps_->setRootIsDecorated(false);
    steps_->setAlternatingRowColors(true);
    steps_->setAccessibleName(tr("Chain of causes"));
    text_->setAccessibleName(tr("Why?"));
    text_->setPlaceholderText(tr("Double click a route, and here stands why it is there."));
    auto* parts = new QSplitter;
    parts->addWidget(steps_);
    parts->addWidget(text_);
    parts->setSizes({520, 560});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addWidget(parts);
    connect(steps_, &QTreeWidget::currentItemChanged, this, &WhyPanel::choose);
    connect(steps_, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        session_.pause();
        session_.seek(SimTime::atNanoseconds(item->data(0, kTime).toLongLong()));
    });
    connect(&session_, &Session::loadedChanged, this, [this] {
        const QSignalBlocker silence(steps_);
        steps_->clear();
        text_->clear();
    });
}

void WhyPanel::show(const StoryPtr& story) {
    const QSignalBlocker silence(steps_);
    steps_->clear();
    for (const StoryView::Step& step : story->steps) {
        const QString where = step.node.empty() ? q(step.link) : q(step.node);
        auto* item = new QTreeWidgetItem(steps_, {q(toString(step.time)), where, q(step.text)});
        item->setToolTip(2, q(step.text));
        item->setData(0, kTime, static_cast<qlonglong>(step.time.count()));
        item->setData(0, kNode, q(step.node));
        item->setData(0, kLink, q(step.link));
    }
    text_->setHtml(
        QString("<h3>%1</h3><pre style='white-space:pre-wrap'>%2</pre>")
            .arg(tr("Why has %1 this route to %2?").arg(q(story->node), q(story->prefix)).toHtmlEscaped(),
                 q(story->text).toHtmlEscaped()));
}

void WhyPanel::choose(const QTreeWidgetItem* item) {
    if (item == nullptr) return;
    Q_EMIT stepChosen(item->data(0, kNode).toString(), item->data(0, kLink).toString());
}

}  // namespace peerscape::gui
