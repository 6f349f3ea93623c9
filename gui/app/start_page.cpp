#include "gui/app/start_page.hpp"

#include <QBoxLayout>
#include <QEvent>
#include <QFile>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QStyledItemDelegate>
#include <QTreeWidgetItemIterator>

#include "gui/app/thumbnails.hpp"

namespace peerscape::gui {

namespace {

constexpr QSize kPicture(152, 96);
constexpr std::size_t kRecent = 3;
constexpr int kPathRole = Qt::UserRole;
constexpr int kLeadRole = Qt::UserRole + 1;
constexpr int kGoalsRole = Qt::UserRole + 2;     ///< "2/3"; empty: never tried
constexpr int kExerciseRole = Qt::UserRole + 3;  ///< whether it is one
constexpr int kPictureRole = Qt::UserRole + 4;   ///< once it is drawn

/// As people type it: without accents, and with the apostrophe of the keyboard.
QString typed(const QString& text) {
    QString plain;
    for (const QChar c : text.simplified().normalized(QString::NormalizationForm_D)) {
        if (c.isMark()) continue;
        plain += c == u'’' ? QChar('\'') : c;
    }
    return plain;
}

/// A lab in the list: its picture, its title, and below it what it is about.
class LabDelegate final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QSize usual = QStyledItemDelegate::sizeHint(option, index);
        constexpr int kGap = 10;
        if (!index.data(kPathRole).isValid()) return usual + QSize(0, kGap);
        return {usual.width(), kPicture.height() + kGap};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        if (!index.data(kPathRole).isValid()) {
            QStyledItemDelegate::paint(painter, option, index);
            return;
        }
        QStyleOptionViewItem row = option;
        initStyleOption(&row, index);
        row.text.clear();
        row.widget->style()->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);
        painter->save();
        const QRect picture(option.rect.left() + 4, option.rect.top() + 5, kPicture.width(),
                            kPicture.height());
        paintPicture(*painter, picture, index);
        const QRect text = option.rect.adjusted(kPicture.width() + 18, 8, -10, -6);
        paintWords(*painter, text, option, index);
        painter->restore();
    }

  private:
    static void paintPicture(QPainter& painter, const QRect& at, const QModelIndex& index) {
        const Theme& theme = Theme::of(QGuiApplication::palette());
        painter.fillRect(at, theme.canvas);
        const auto pixmap = index.data(kPictureRole).value<QPixmap>();
        if (!pixmap.isNull()) painter.drawPixmap(at.topLeft(), pixmap);
        painter.setPen(theme.grid);
        painter.drawRect(at.adjusted(0, 0, -1, -1));
    }
    static void paintWords(QPainter& painter, const QRect& at, const QStyleOptionViewItem& option,
                           const QModelIndex& index) {
        const Theme& theme = Theme::of(QGuiApplication::palette());
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const QColor plain = option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
        QFont bold = option.font;
        bold.setBold(true);
        painter.setFont(bold);
        painter.setPen(plain);
        const QFontMetrics metrics(bold);
        painter.drawText(at, Qt::AlignTop,
                         metrics.elidedText(index.data().toString(), Qt::ElideRight, at.width()));
        painter.setFont(option.font);
        QRect below = at.adjusted(0, metrics.height() + 4, 0, 0);
        const QString goals = index.data(kGoalsRole).toString();
        if (!goals.isEmpty()) {
            const bool isDone = goals.section('/', 0, 0) == goals.section('/', 1, 1);
            painter.setPen(isSelected ? plain : isDone ? theme.good : theme.waiting);
            painter.drawText(
                below, Qt::AlignTop,
                (isDone ? "✓ " : "◐ ") + StartPage::tr("%1 of %2 goals met")
                                             .arg(goals.section('/', 0, 0), goals.section('/', 1, 1)));
            below.adjust(0, metrics.height() + 2, 0, 0);
        }
        painter.setPen(isSelected ? plain : theme.faintText);
        painter.drawText(below, Qt::AlignTop | Qt::TextWordWrap, index.data(kLeadRole).toString());
    }
};

}  // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent), tree_(new QTreeWidget), search_(new QLineEdit) {
    auto* title = new QLabel("<span style='font-size:28px'><b>Peerscape</b></span>");
    auto* lead = new QLabel(
        tr("Draw routers and autonomous systems, break things, and watch the routes find their way."));
    lead->setWordWrap(true);
    search_->setPlaceholderText(tr("Search the labs"));
    search_->setAccessibleName(tr("Search the labs"));
    search_->setClearButtonEnabled(true);
    tree_->setHeaderHidden(true);
    tree_->setAccessibleName(tr("Labs"));
    tree_->setItemDelegate(new LabDelegate(tree_));
    tree_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    tree_->setIndentation(14);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(28, 16, 28, 16);
    column->addWidget(title);
    column->addWidget(lead);
    column->addSpacing(6);
    column->addWidget(makeButtons());
    column->addWidget(search_);
    column->addWidget(tree_, 1);
    drawing_.setInterval(0);
    connect(&drawing_, &QTimer::timeout, this, &StartPage::drawNext);
    connect(search_, &QLineEdit::textChanged, this, &StartPage::fill);
    connect(tree_, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        const QString path = item->data(0, kPathRole).toString();
        if (path.isEmpty()) return;
        if (item->data(0, kExerciseRole).toBool()) {
            Q_EMIT exerciseChosen(path);
        } else {
            Q_EMIT chosen(path);
        }
    });
}

StartPage::~StartPage() = default;

QWidget* StartPage::makeButtons() {
    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString& text, void (StartPage::*asked)()) {
        auto* button = new QPushButton(text);
        connect(button, &QPushButton::clicked, this, asked);
        row->addWidget(button);
    };
    add(tr("New drawing"), &StartPage::newAsked);
    add(tr("Open a lab file…"), &StartPage::openAsked);
    add(tr("Import…"), &StartPage::importAsked);
    add(tr("Exercise folder…"), &StartPage::exercisesAsked);
    add(tr("Guided tour"), &StartPage::tourAsked);
    row->addStretch(1);
    return buttons;
}

void StartPage::refresh() { fill(); }

void StartPage::fill() {
    tree_->clear();
    std::vector<LabCard> recent;
    const QSettings settings;
    for (const QString& path : settings.value("recent").toStringList()) {
        if (recent.size() < kRecent && QFile::exists(path)) recent.push_back(cardOf(path));
    }
    addTopic(tr("Recent"), recent);
    const QString folder = settings.value("exercises", shippedExercises()).toString();
    if (!folder.isEmpty()) addTopic(tr("Exercises"), exercisesIn(folder), true);
    for (const LabTopic& topic : shippedTopics())
        addTopic(topic.title, topic.labs);
    tree_->expandAll();
    if (isVisible()) drawing_.start();
}

void StartPage::addTopic(const QString& title, const std::vector<LabCard>& labs, bool areExercises) {
    QTreeWidgetItem* topic = nullptr;
    for (const LabCard& lab : labs) {
        const QStringList words{lab.title, lab.ownTitle, lab.lead, lab.path.section('/', -2)};
        if (!typed(words.join('\n')).contains(typed(search_->text()), Qt::CaseInsensitive)) continue;
        if (topic == nullptr) {
            topic = new QTreeWidgetItem(tree_, {title});
            QFont font = tree_->font();
            font.setBold(true);
            topic->setFont(0, font);
            topic->setFlags(Qt::ItemIsEnabled);
        }
        auto* item = new QTreeWidgetItem(topic, {lab.title});
        item->setToolTip(0, lab.path);
        item->setData(0, kPathRole, lab.path);
        item->setData(0, kLeadRole, lab.lead);
        item->setData(0, kExerciseRole, areExercises);
        if (areExercises) item->setData(0, kGoalsRole, rememberedGoals(lab.path));
    }
}

void StartPage::drawNext() {
    for (QTreeWidgetItemIterator at(tree_); *at != nullptr; ++at) {
        QTreeWidgetItem& item = **at;
        const bool isMissing = item.data(0, kPathRole).isValid() && !item.data(0, kPictureRole).isValid();
        if (!isMissing) continue;
        if (!thumbnails_) thumbnails_ = std::make_unique<Thumbnails>();
        item.setData(0, kPictureRole,
                     thumbnails_->of(item.data(0, kPathRole).toString(), kPicture, Theme::of(palette())));
        return;
    }
    drawing_.stop();
}

void StartPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    fill();
}

void StartPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    // Other colours: the pictures are drawn anew.
    if (event->type() == QEvent::PaletteChange && isVisible()) fill();
}

void StartPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    drawing_.stop();
}

}  // namespace peerscape::gui
