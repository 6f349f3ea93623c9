#include "gui/app/start_page.hpp"

#include <array>

#include <QBoxLayout>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTextStream>

namespace peerscape::gui {

namespace {

struct Topic {
    const char* begin;  ///< of the folder's name
    const char* title;
};
/// The first that fits; the last fits everything.
constexpr std::array kTopics{
    Topic{"bgp-", QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "BGP: between autonomous systems")},
    Topic{"eigrp-", QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "EIGRP")},
    Topic{"rip", QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "RIP")},
    Topic{"count-to-infinity", QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "RIP")},
    Topic{"",
          QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "First lessons, static routes, links and faults")},
};

/// The lab's title, without reading the whole of it.
QString titleOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) return {};
    QTextStream lines(&file);
    for (int i = 0; i < 10 && !lines.atEnd(); ++i) {
        const QString line = lines.readLine();
        if (line.startsWith("title:")) return line.mid(6).trimmed().remove('"');
    }
    return {};
}

}  // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent), tree_(new QTreeWidget), search_(new QLineEdit) {
    auto* title = new QLabel("<span style='font-size:28px'><b>Peerscape</b></span>");
    auto* lead = new QLabel(
        tr("Draw routers and autonomous systems, break things, and watch the routes find their way."));
    lead->setWordWrap(true);
    auto* create = new QPushButton(tr("New drawing"));
    auto* open = new QPushButton(tr("Open a lab file…"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(create);
    buttons->addWidget(open);
    buttons->addStretch(1);
    search_->setPlaceholderText(tr("Search the labs"));
    search_->setClearButtonEnabled(true);
    tree_->setHeaderHidden(true);
    tree_->setAccessibleName(tr("Labs"));
    auto* column = new QVBoxLayout;
    column->addStretch(1);
    column->addWidget(title);
    column->addWidget(lead);
    column->addSpacing(10);
    column->addLayout(buttons);
    column->addSpacing(6);
    column->addWidget(search_);
    column->addWidget(tree_, 20);
    column->addStretch(1);
    auto* row = new QHBoxLayout(this);
    row->addStretch(1);
    row->addLayout(column, 4);
    row->addStretch(1);
    connect(create, &QPushButton::clicked, this, &StartPage::newAsked);
    connect(open, &QPushButton::clicked, this, &StartPage::openAsked);
    connect(search_, &QLineEdit::textChanged, this, &StartPage::fill);
    connect(tree_, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        const QString path = item->data(0, Qt::UserRole).toString();
        if (!path.isEmpty()) Q_EMIT chosen(path);
    });
    fill();
}

QString StartPage::shippedLabs() {
    const QString installed = QCoreApplication::applicationDirPath() + "/../share/peerscape/labs";
    for (const QString& folder : {installed, QString(PEERSCAPE_LABS)}) {
        if (QDir(folder).exists()) return QDir::cleanPath(folder);
    }
    return {};
}

void StartPage::setRecent(const QStringList& paths) {
    recent_ = paths;
    fill();
}

void StartPage::fill() {
    tree_->clear();
    const auto add = [&](QTreeWidgetItem* topic, const QString& path, const QString& name) {
        const QString title = titleOf(path);
        const QString shown = title.isEmpty() ? name : title;
        const bool isWanted = shown.contains(search_->text(), Qt::CaseInsensitive) ||
                              name.contains(search_->text(), Qt::CaseInsensitive);
        if (!isWanted) return;
        auto* item = new QTreeWidgetItem(topic, {shown});
        item->setToolTip(0, path);
        item->setData(0, Qt::UserRole, path);
    };
    const auto topicNamed = [&](const QString& title) {
        for (int i = 0; i < tree_->topLevelItemCount(); ++i) {
            if (tree_->topLevelItem(i)->text(0) == title) return tree_->topLevelItem(i);
        }
        auto* item = new QTreeWidgetItem(tree_, {title});
        QFont font = tree_->font();
        font.setBold(true);
        item->setFont(0, font);
        item->setFlags(Qt::ItemIsEnabled);
        return item;
    };
    for (const QString& path : recent_) {
        if (QFile::exists(path)) add(topicNamed(tr("Recent")), path, path);
    }
    const QDir labs(shippedLabs());
    if (!shippedLabs().isEmpty()) {
        // First lessons first, whatever their names.
        topicNamed(tr(kTopics.back().title));
        for (const QString& name : labs.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
            for (const Topic& topic : kTopics) {
                if (!name.startsWith(topic.begin)) continue;
                add(topicNamed(tr(topic.title)), labs.filePath(name + "/lab.yaml"), name);
                break;
            }
        }
    }
    for (int i = tree_->topLevelItemCount(); i-- > 0;) {
        if (tree_->topLevelItem(i)->childCount() == 0) delete tree_->topLevelItem(i);
    }
    tree_->expandAll();
}

}  // namespace peerscape::gui
