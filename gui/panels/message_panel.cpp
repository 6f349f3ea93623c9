#include "gui/panels/message_panel.hpp"

#include <algorithm>

#include <QBoxLayout>
#include <QFontDatabase>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QSplitter>

#include "gui/model/text.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

constexpr qsizetype kInLine = 16;
constexpr qsizetype kHexAt = 6;                           // "0000  "
constexpr qsizetype kTextAt = kHexAt + 3 * kInLine + 1;   // "45 c0 … 34  "
constexpr qsizetype kLineLength = kTextAt + kInLine + 1;  // with its line break
constexpr int kOffset = Qt::UserRole;
constexpr int kSize = Qt::UserRole + 1;
constexpr int kEvent = Qt::UserRole;

}  // namespace

MessagePanel::MessagePanel(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      title_(new QLabel),
      fields_(new QTreeWidget),
      bytes_(new QPlainTextEdit),
      consequences_(new QTreeWidget) {
    title_->setWordWrap(true);
    title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    fields_->setHeaderLabels({tr("Field"), tr("Value")});
    fields_->setColumnWidth(0, 210);
    fields_->setAccessibleName(tr("Fields of the message"));
    bytes_->setReadOnly(true);
    bytes_->setLineWrapMode(QPlainTextEdit::NoWrap);
    bytes_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    bytes_->setAccessibleName(tr("Bytes of the message"));
    bytes_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    consequences_->setHeaderLabels({tr("Time"), tr("What followed from it")});
    consequences_->setColumnWidth(0, 110);
    consequences_->setRootIsDecorated(false);
    consequences_->setAccessibleName(tr("What followed from it"));
    auto* parts = new QSplitter;
    parts->addWidget(fields_);
    parts->addWidget(bytes_);
    parts->addWidget(consequences_);
    parts->setSizes({380, 330, 380});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 6, 4);
    column->addWidget(title_);
    column->addWidget(parts, 1);
    connect(fields_, &QTreeWidget::currentItemChanged, this, &MessagePanel::markBytesOf);
    connect(bytes_, &QPlainTextEdit::cursorPositionChanged, this,
            [this] { selectFieldAt(byteAt(bytes_->textCursor().position())); });
    connect(consequences_, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem* item) { session_.examine(item->data(0, kEvent).toULongLong()); });
    connect(&session_, &Session::examined, this, &MessagePanel::show);
    connect(&session_, &Session::loadedChanged, this, [this] { show(nullptr); });
    show(nullptr);
}

QString MessagePanel::dumpOf(const std::vector<std::uint8_t>& bytes) {
    QString dump;
    const auto all = static_cast<qsizetype>(bytes.size());
    for (qsizetype begin = 0; begin < all; begin += kInLine) {
        QString digits;
        QString letters;
        for (qsizetype i = begin; i < std::min(begin + kInLine, all); ++i) {
            const std::uint8_t byte = bytes[static_cast<std::size_t>(i)];
            digits += QString("%1 ").arg(byte, 2, 16, QChar('0'));
            letters += byte >= 0x20 && byte < 0x7f ? QChar(byte) : QChar('.');
        }
        dump += QString("%1  ").arg(begin, 4, 16, QChar('0')) + digits.leftJustified(3 * kInLine) + ' ' +
                letters.leftJustified(kInLine) + '\n';
    }
    dump.chop(1);
    return dump;
}

qsizetype MessagePanel::byteAt(qsizetype position) {
    const qsizetype line = position / kLineLength;
    const qsizetype place = position % kLineLength;
    if (place >= kTextAt) return line * kInLine + std::min(place - kTextAt, kInLine - 1);
    if (place < kHexAt || place >= kHexAt + 3 * kInLine) return -1;
    return line * kInLine + (place - kHexAt) / 3;
}

void MessagePanel::show(const MessageViewPtr& event) {
    event_ = event;
    fields_->clear();
    consequences_->clear();
    bytes_->clear();
    bytes_->setExtraSelections({});
    if (!event) {
        title_->setText(tr("Click an event: here stands what it says, and what followed from it."));
        return;
    }
    QString title = QString("<b>%1</b> %2").arg(q(toString(event->time)), q(event->text).toHtmlEscaped());
    if (!event->cause.empty()) title += "<br>" + tr("Because of: %1").arg(q(event->cause)).toHtmlEscaped();
    title_->setText(title);
    addFields(nullptr, event->layers);
    const QSignalBlocker silence(bytes_);
    bytes_->setPlainText(dumpOf(event->bytes));
    for (const ConsequenceView& view : event->consequences) {
        const QString indent(static_cast<qsizetype>(view.depth - 1) * 3, QChar(0xA0));
        auto* item = new QTreeWidgetItem(consequences_, {q(toString(view.time)), indent + q(view.text)});
        item->setData(0, kEvent, static_cast<qulonglong>(view.id));
        item->setToolTip(1, q(view.text));
    }
    if (event->consequences.empty())
        new QTreeWidgetItem(consequences_, {QString(), tr("nothing, as far as this timeline has been run")});
    // The protocol's own message is what one looks for.
    if (fields_->topLevelItemCount() > 0) {
        QTreeWidgetItem* last = fields_->topLevelItem(fields_->topLevelItemCount() - 1);
        last->setExpanded(true);
        fields_->setCurrentItem(last);
    }
}

void MessagePanel::addFields(QTreeWidgetItem* parent, const std::vector<FieldView>& fields) {
    for (const FieldView& field : fields) {
        const QStringList cells{q(field.name), q(field.value)};
        auto* item =
            parent == nullptr ? new QTreeWidgetItem(fields_, cells) : new QTreeWidgetItem(parent, cells);
        item->setToolTip(1, q(field.value));
        item->setData(0, kOffset, static_cast<qlonglong>(field.offset));
        item->setData(0, kSize, static_cast<qlonglong>(field.size));
        addFields(item, field.fields);
    }
}

void MessagePanel::markBytesOf(const QTreeWidgetItem* item) {
    QList<QTextEdit::ExtraSelection> marks;
    if (item != nullptr) {
        const qlonglong begin = item->data(0, kOffset).toLongLong();
        const qlonglong end = begin + item->data(0, kSize).toLongLong();
        QTextCharFormat format;
        format.setBackground(palette().color(QPalette::Highlight));
        format.setForeground(palette().color(QPalette::HighlightedText));
        const auto mark = [&](qlonglong from, qlonglong to) {
            QTextCursor cursor(bytes_->document());
            cursor.setPosition(static_cast<int>(from));
            cursor.setPosition(static_cast<int>(to), QTextCursor::KeepAnchor);
            marks.append({cursor, format});
        };
        for (qlonglong byte = begin; byte < end;) {
            const qlonglong line = byte / kInLine;
            const qlonglong last = std::min(end, (line + 1) * kInLine);
            const qlonglong first = byte - line * kInLine;
            const qlonglong count = last - byte;
            mark(line * kLineLength + kHexAt + 3 * first,
                 line * kLineLength + kHexAt + 3 * (first + count) - 1);
            mark(line * kLineLength + kTextAt + first, line * kLineLength + kTextAt + first + count);
            byte = last;
        }
    }
    bytes_->setExtraSelections(marks);
}

void MessagePanel::selectFieldAt(qsizetype byte) {
    if (byte < 0 || !event_) return;
    const auto holds = [byte](const QTreeWidgetItem* item) {
        const qlonglong begin = item->data(0, kOffset).toLongLong();
        return byte >= begin && byte < begin + item->data(0, kSize).toLongLong();
    };
    QTreeWidgetItem* found = nullptr;
    QTreeWidgetItem* in = fields_->invisibleRootItem();
    while (in != nullptr) {
        QTreeWidgetItem* inner = nullptr;
        for (int i = 0; i < in->childCount() && inner == nullptr; ++i) {
            if (holds(in->child(i))) inner = in->child(i);
        }
        if (inner != nullptr) found = inner;
        in = inner;
    }
    if (found == nullptr) return;
    fields_->setCurrentItem(found);
    fields_->scrollToItem(found);
}

}  // namespace peerscape::gui
