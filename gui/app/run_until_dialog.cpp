#include "gui/app/run_until_dialog.hpp"

#include <algorithm>
#include <array>

#include <QDialogButtonBox>
#include <QFormLayout>

#include "gui/model/text.hpp"

namespace peerscape::gui {

namespace {

constexpr std::array kKinds{EventRow::Kind::Action,  EventRow::Kind::Interface, EventRow::Kind::Process,
                            EventRow::Kind::Message, EventRow::Kind::Drop,      EventRow::Kind::Route,
                            EventRow::Kind::Note,    EventRow::Kind::Problem};

/// Any, or one of these.
QComboBox* choice(const QStringList& names, const QString& any, const QString& chosen) {
    auto* box = new QComboBox;
    box->addItem(any, QString());
    for (const QString& name : names)
        box->addItem(name, name);
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
    return box;
}

QString waitProblem(const QString& text) {
    const auto duration = Duration::parse(text.toStdString());
    if (!duration) return q(duration.error().message);
    return *duration > Duration() ? QString() : RunUntilDialog::tr("expected more than no time");
}

}  // namespace

RunUntilDialog::RunUntilDialog(const Snapshot& shot, const EventFilter& last, Duration limit, QWidget* parent)
    : QDialog(parent),
      kind_(new QComboBox),
      words_(new QLineEdit(last.words)),
      routine_(new QCheckBox(tr("Hellos, keepalives as well"))),
      longest_(new CheckedLine(tr("Wait at most"), q(toLabText(limit)), waitProblem)) {
    setWindowTitle(tr("Run until an event"));
    QStringList nodes;
    QStringList protocols;
    for (const NodeView& node : shot.nodes) {
        nodes << q(node.name);
        for (const std::string& protocol : node.protocols) {
            if (!protocols.contains(q(protocol))) protocols << q(protocol);
        }
    }
    protocols.sort();
    node_ = choice(nodes, tr("any"), q(last.node));
    protocol_ = choice(protocols, tr("any"), q(last.protocol));
    kind_->addItem(tr("any"), -1);
    for (const EventRow::Kind kind : kKinds)
        kind_->addItem(nameOf(kind), static_cast<int>(kind));
    kind_->setCurrentIndex(last.kind ? kind_->findData(static_cast<int>(*last.kind)) : 0);
    words_->setPlaceholderText(tr("a prefix, any words of the event list"));
    routine_->setChecked(last.isRoutineToo);
    auto* form = new QFormLayout;
    form->addRow(tr("&At"), node_);
    form->addRow(tr("&Protocol"), protocol_);
    form->addRow(tr("&Event"), kind_);
    form->addRow(tr("&With the words"), words_);
    form->addRow(QString(), routine_);
    form->addRow(tr("Wait at &most"), longest_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    take_ = buttons->button(QDialogButtonBox::Ok);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addStretch(1);
    column->addWidget(buttons);
    setMinimumWidth(420);
    words_->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(longest_, &CheckedLine::changed, this, [this] { take_->setEnabled(longest_->isRight()); });
}

EventFilter RunUntilDialog::filter() const {
    EventFilter filter;
    filter.node = node_->currentData().toString().toStdString();
    filter.protocol = protocol_->currentData().toString().toStdString();
    if (const int kind = kind_->currentData().toInt(); kind >= 0)
        filter.kind = static_cast<EventRow::Kind>(kind);
    filter.words = words_->text().trimmed();
    filter.isRoutineToo = routine_->isChecked();
    return filter;
}

Duration RunUntilDialog::limit() const {
    return Duration::parse(longest_->text().toStdString()).value_or(Duration());
}

}  // namespace peerscape::gui
