// The pages of links, LANs, groups and notes.
#include <algorithm>
#include <functional>
#include <utility>

#include <QFormLayout>

#include "gui/model/refusal.hpp"
#include "gui/model/text.hpp"
#include "gui/panels/inspector.hpp"
#include "gui/panels/inspector_fields.hpp"
#include "gui/panels/note_editor.hpp"

namespace peerscape::gui {

void Inspector::showLink(QFormLayout& form, const LinkEntry& link) {
    const bool isLan = link.kind == SegmentKind::Lan;
    heading(form, isLan ? tr("LAN") : tr("link"), q(link.name));
    QStringList ends;
    for (const EndEntry& end : link.ends) {
        QString text = q(end.node.name) + (end.interface.empty() ? QString() : ":" + q(end.interface));
        for (const PlacedAddress& address : end.addresses)
            text += " " + q(toString(address.value));
        ends << text;
    }
    form.addRow(tr("Ends"), new QLabel(ends.join("\n")));
    const std::string name = link.name;
    const auto addProperty = [&]<typename Value>(const QString& label, const QString& field,
                                                 std::optional<Value> LinkEntry::* member,
                                                 const std::string& text) {
        addLine(form, label, field, text, tr("Change %1").arg(q(name)),
                [this, name, member](const std::string& typed) -> Result<LabFile> {
                    auto value = readOptional<Value>(typed);
                    if (!value) return std::unexpected(value.error());
                    const LabFile& lab = editor_.lab();
                    for (const auto* list : {&lab.links, &lab.lans}) {
                        const auto found = std::ranges::find(*list, name, &LinkEntry::name);
                        if (found == list->end()) continue;
                        LinkEntry next = *found;
                        next.*member = *value;
                        return withLinkProperties(lab, next);
                    }
                    return refusal(QT_TRANSLATE_NOOP("Refusal", "the link is gone"));
                });
    };
    const std::string delay = link.delay ? toLabText(*link.delay) : std::string();
    addProperty(tr("Delay, one way (such as 2ms)"), "delay", &LinkEntry::delay, delay);
    addProperty(tr("Bandwidth (such as 100Mbit)"), "bandwidth", &LinkEntry::bandwidth,
                textOf(link.bandwidth));
    addProperty(tr("Loss (such as 5%)"), "loss", &LinkEntry::loss, textOf(link.loss));
    if (isLan) return;
    auto* relation = new QComboBox;
    relation->setObjectName("relation");
    const QString first = q(link.ends[0].node.name);
    const QString second = q(link.ends[1].node.name);
    relation->addItem(tr("none"), static_cast<int>(Relation::None));
    relation->addItem(tr("$ %1 is customer of %2").arg(first, second),
                      static_cast<int>(Relation::CustomerProvider));
    relation->addItem(tr("= peers"), static_cast<int>(Relation::Peer));
    relation->addItem(tr("≡ siblings"), static_cast<int>(Relation::Sibling));
    relation->setCurrentIndex(relation->findData(static_cast<int>(link.relation)));
    connect(relation, &QComboBox::activated, this, [this, relation, name] {
        const auto found = std::ranges::find(editor_.lab().links, name, &LinkEntry::name);
        if (found == editor_.lab().links.end()) return;
        LinkEntry next = *found;
        next.relation = static_cast<Relation>(relation->currentData().toInt());
        editor_.apply(tr("Change the relation of %1").arg(q(name)), withLinkProperties(editor_.lab(), next));
    });
    form.addRow(tr("Relation"), relation);
}

void Inspector::showNote(QFormLayout& form, std::size_t index) {
    heading(form, QString(), tr("Note"));
    auto* text = new NoteEditor(q(editor_.lab().notes[index].text));
    text->setObjectName("text");
    auto* problem = new QLabel;
    problem->setWordWrap(true);
    problem->hide();
    const auto take = [this, index, text] {
        return withNoteText(editor_.lab(), index, text->toPlainText().toStdString());
    };
    connect(text, &NoteEditor::textChanged, problem, [problem, take] {
        const Result<LabFile> taken = take();
        problem->setText(taken ? QString() : "✕ " + q(taken.error().message));
        problem->setVisible(!taken);
    });
    connect(text, &NoteEditor::edited, this, [this, take] {
        auto next = take();
        if (!next) return;
        isTaking_ = true;
        editor_.apply(tr("Change a note"), std::move(*next));
        isTaking_ = false;
    });
    form.addRow(tr("Text"), text);
    form.addRow(problem);
    form.addRow(new QLabel(tr("It is taken when you leave the field, or with Ctrl+Enter.")));
}

void Inspector::showGroup(QFormLayout& form, const GroupEntry& group) {
    heading(form, q(group.kind), q(group.title.empty() ? group.name : group.title));
    const std::string name = group.name;
    const auto change = [this, name](const std::function<Result<void>(GroupEntry&)>& how) -> Result<LabFile> {
        const GroupEntry* present = editor_.lab().group(name);
        if (present == nullptr) return refusal(QT_TRANSLATE_NOOP("Refusal", "the group is gone"));
        GroupEntry next = *present;
        if (auto done = how(next); !done) return std::unexpected(done.error());
        return withGroupEntry(editor_.lab(), next);
    };
    const QString gesture = tr("Change %1").arg(q(name));
    addLine(form, tr("Title"), "title", group.title, gesture, [change](const std::string& text) {
        return change([&](GroupEntry& next) -> Result<void> {
            next.title = text;
            return {};
        });
    });
    addLine(form, tr("Kind (building, as, site, ixp …)"), "kind", group.kind, gesture,
            [change](const std::string& text) {
                return change([&](GroupEntry& next) -> Result<void> {
                    next.kind = text;
                    return {};
                });
            });
    addLine(form, tr("AS number"), "asn", textOf(group.asn), gesture, [change](const std::string& text) {
        return change([&](GroupEntry& next) -> Result<void> {
            auto asn = readOptional<Asn>(text);
            if (!asn) return std::unexpected(asn.error());
            next.asn = *asn;
            return {};
        });
    });
}

}  // namespace peerscape::gui
