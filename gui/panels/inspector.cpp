#include "gui/panels/inspector.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <QApplication>
#include <QFormLayout>

#include "gui/model/text.hpp"
#include "gui/panels/note_editor.hpp"
#include "gui/style/theme.hpp"

namespace peerscape::gui {

Inspector::Inspector(Editor& editor, QWidget* parent) : QScrollArea(parent), editor_(editor) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Properties"));
    connect(&editor_, &Editor::changed, this, [this] {
        if (!isTaking_) rebuild();
    });
    rebuild();
}

void Inspector::inspect(const Selection& selection) {
    if (selection == selection_) return;
    // Words that are being typed are taken before their field goes.
    if (auto* text = qobject_cast<NoteEditor*>(field("text"))) text->finish();
    selection_ = selection;
    rebuild();
}

QWidget* Inspector::field(const QString& name) const {
    return widget() == nullptr ? nullptr : widget()->findChild<QWidget*>(name);
}

void Inspector::rebuild() {
    // Whoever goes through the fields by keyboard stays where he is.
    const QWidget* busy = QApplication::focusWidget();
    const bool isHere = busy != nullptr && widget() != nullptr && widget()->isAncestorOf(busy);
    const QString focused = isHere ? busy->objectName() : QString();
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setContentsMargins(10, 8, 10, 8);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    const LabFile& lab = editor_.lab();
    const std::size_t count = selection_.nodes.size() + selection_.links.size() + selection_.groups.size() +
                              selection_.notes.size();
    const auto linkNamed = [&](const std::string& name) -> const LinkEntry* {
        for (const auto* list : {&lab.links, &lab.lans}) {
            const auto found = std::ranges::find(*list, name, &LinkEntry::name);
            if (found != list->end()) return &*found;
        }
        return nullptr;
    };
    if (count == 0) {
        showLab(*form);
    } else if (count > 1) {
        showSeveral(*form);
    } else if (!selection_.notes.empty()) {
        if (*selection_.notes.begin() < lab.notes.size()) showNote(*form, *selection_.notes.begin());
    } else if (!selection_.links.empty()) {
        if (const LinkEntry* link = linkNamed(*selection_.links.begin())) showLink(*form, *link);
    } else if (!selection_.groups.empty()) {
        if (const GroupEntry* group = lab.group(*selection_.groups.begin())) showGroup(*form, *group);
    } else if (const RouterEntry* router = lab.router(*selection_.nodes.begin())) {
        showRouter(*form, *router);
    } else if (const HostEntry* host = lab.host(*selection_.nodes.begin())) {
        showHost(*form, *host);
    }
    page->setEnabled(!editor_.isLocked());
    // A field of the old page may be what asked for this: it lives until its event is over, and says nothing
    // more.
    if (QWidget* old = takeWidget()) {
        for (QLineEdit* line : old->findChildren<QLineEdit*>())
            line->blockSignals(true);
        for (NoteEditor* text : old->findChildren<NoteEditor*>())
            text->blockSignals(true);
        old->setParent(this);
        old->deleteLater();
    }
    setWidget(page);
    if (QWidget* same = focused.isEmpty() ? nullptr : field(focused)) same->setFocus();
}

void Inspector::heading(QFormLayout& form, const QString& kind, const QString& name) {
    auto* title = new QLabel(QString("<span style='font-size:15px'><b>%1</b></span> %2")
                                 .arg(name.toHtmlEscaped(), kind.toHtmlEscaped()));
    title->setWordWrap(true);
    form.addRow(title);
}

QLineEdit* Inspector::addLine(QFormLayout& form, const QString& label, const QString& name,
                              const std::string& text, const QString& gesture, Take take) {
    auto* line = new QLineEdit(q(text));
    line->setObjectName(name);
    auto* problem = new QLabel;
    problem->setWordWrap(true);
    problem->setVisible(false);
    QPalette colours = problem->palette();
    colours.setColor(QPalette::WindowText, Theme::of(palette()).bad);
    problem->setPalette(colours);
    form.addRow(label, line);
    form.addRow(problem);
    const auto check = [problem](const Result<LabFile>& result) {
        problem->setText(result ? QString() : "✕ " + q(result.error().message));
        problem->setVisible(!result);
        return result.has_value();
    };
    connect(line, &QLineEdit::textEdited, this,
            [take, check](const QString& typed) { check(take(typed.trimmed().toStdString())); });
    connect(line, &QLineEdit::editingFinished, this, [this, line, take, check, gesture] {
        if (!line->isModified()) return;
        line->setModified(false);
        auto next = take(line->text().trimmed().toStdString());
        if (!check(next)) return;
        isTaking_ = true;
        editor_.apply(gesture, std::move(*next));
        isTaking_ = false;
    });
    return line;
}

void Inspector::showLab(QFormLayout& form) {
    const LabFile& lab = editor_.lab();
    heading(form, tr("lab"), lab.title.empty() ? tr("Untitled") : q(lab.title));
    addLine(form, tr("Title"), "title", lab.title, tr("Change the title"),
            [this](const std::string& text) -> Result<LabFile> {
                LabFile next = editor_.lab();
                next.title = text;
                return next;
            });
    addLine(form, tr("Seed of chance"), "seed", std::to_string(lab.seed), tr("Change the seed"),
            [this](const std::string& text) -> Result<LabFile> {
                bool isNumber = false;
                const qulonglong seed = q(text).toULongLong(&isNumber);
                if (!isNumber) return failure(tr("expected a whole number").toStdString());
                LabFile next = editor_.lab();
                next.seed = seed;
                return next;
            });
    auto* about = new QLabel;
    about->setTextFormat(Qt::MarkdownText);
    about->setWordWrap(true);
    about->setText(q(lab.about));
    about->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form.addRow(about);
}

void Inspector::showSeveral(QFormLayout& form) {
    heading(form, tr("selected"), tr("Several things"));
    QStringList facts;
    if (!selection_.nodes.empty())
        facts << tr("%n nodes", nullptr, static_cast<int>(selection_.nodes.size()));
    if (!selection_.links.empty())
        facts << tr("%n links", nullptr, static_cast<int>(selection_.links.size()));
    if (!selection_.groups.empty())
        facts << tr("%n groups", nullptr, static_cast<int>(selection_.groups.size()));
    if (!selection_.notes.empty())
        facts << tr("%n notes", nullptr, static_cast<int>(selection_.notes.size()));
    form.addRow(new QLabel(facts.join(", ")));
}

}  // namespace peerscape::gui
