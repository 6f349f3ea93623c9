#include "gui/app/link_dialog.hpp"

#include <algorithm>
#include <utility>

#include <QDialogButtonBox>

#include "gui/model/text.hpp"

namespace peerscape::gui {

namespace {

/// The value that is typed; nothing: it is what the link has, or there is none.
template <typename Value>
std::optional<Value> otherThan(const std::string& present, const CheckedLine& field) {
    const std::string text = field.text().toStdString();
    if (text.empty() || text == present) return std::nullopt;
    const auto value = Value::parse(text);
    return value ? std::optional(*value) : std::nullopt;
}

template <typename Value>
QString valueProblem(const QString& text) {
    if (text.isEmpty()) return {};
    const auto value = Value::parse(text.toStdString());
    return value ? QString() : q(value.error().message);
}

}  // namespace

LinkDialog::LinkDialog(std::vector<LinkView> links, QWidget* parent)
    : QDialog(parent), links_(std::move(links)) {
    const int count = static_cast<int>(links_.size());
    setWindowTitle(count == 1 ? tr("Properties of %1 from now on").arg(q(links_.front().name))
                              : tr("Properties of %n links from now on", nullptr, count));
    auto* form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    delay_ = addField(*form, tr("Delay, one way (such as 2ms)"), &LinkView::delay, [](const QString& text) {
        const QString problem = valueProblem<Duration>(text);
        const bool isNegative = problem.isEmpty() && text.startsWith('-');
        return isNegative ? tr("a delay is not negative") : problem;
    });
    bandwidth_ =
        addField(*form, tr("Bandwidth (such as 100Mbit)"), &LinkView::bandwidth, valueProblem<Bandwidth>);
    loss_ = addField(*form, tr("Loss (such as 5%)"), &LinkView::loss, valueProblem<Probability>);
    auto* note =
        new QLabel(tr("The run takes it as an action at this instant; the lab file stays as it is."));
    note->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    take_ = buttons->button(QDialogButtonBox::Ok);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(note);
    column->addStretch(1);
    column->addWidget(buttons);
    setMinimumWidth(380);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (const CheckedLine* field : {delay_, bandwidth_, loss_})
        connect(field, &CheckedLine::changed, this, &LinkDialog::refresh);
    refresh();
}

CheckedLine* LinkDialog::addField(QFormLayout& form, const QString& label, std::string LinkView::* value,
                                  CheckedLine::Check check) {
    const bool isSame = std::ranges::all_of(
        links_, [&](const LinkView& link) { return link.*value == links_.front().*value; });
    const QString present = isSame && !links_.empty() ? q(links_.front().*value) : QString();
    auto* field = new CheckedLine(label, present, std::move(check));
    if (present.isEmpty()) field->setPlaceholder(isSame ? tr("unlimited") : tr("different; stays as it is"));
    form.addRow(label, field);
    return field;
}

std::vector<lab_action::Change> LinkDialog::changes() const {
    std::vector<lab_action::Change> changes;
    for (const LinkView& link : links_) {
        lab_action::Change change;
        change.link = NameRef{link.name, {}};
        change.delay = otherThan<Duration>(link.delay, *delay_);
        change.bandwidth = otherThan<Bandwidth>(link.bandwidth, *bandwidth_);
        change.loss = otherThan<Probability>(link.loss, *loss_);
        if (change.delay || change.bandwidth || change.loss) changes.push_back(std::move(change));
    }
    return changes;
}

void LinkDialog::refresh() {
    const bool isRight = delay_->isRight() && bandwidth_->isRight() && loss_->isRight();
    take_->setEnabled(isRight && !changes().empty());
}

}  // namespace peerscape::gui
