#include "gui/panels/inspector.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include <QBoxLayout>
#include <QFontDatabase>
#include <QFormLayout>
#include <QPushButton>
#include <QRegularExpression>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

constexpr std::array kProtocols{IntentProtocol::Static, IntentProtocol::Rip, IntentProtocol::Ripng,
                                IntentProtocol::Eigrp, IntentProtocol::Bgp};

template <typename Value>
std::string textOf(const std::optional<Value>& value) {
    return value ? toString(*value) : std::string();
}

/// An empty field is none.
template <typename Value>
Result<std::optional<Value>> readOptional(const std::string& text) {
    if (text.empty()) return std::optional<Value>();
    auto value = Value::parse(text);
    if (!value) return std::unexpected(value.error());
    return std::optional<Value>(*value);
}

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    for (const QString& word : q(text).split(QRegularExpression("[\\s,]+"), Qt::SkipEmptyParts))
        words.push_back(word.toStdString());
    return words;
}

}  // namespace

Inspector::Inspector(Editor& editor, QWidget* parent) : QScrollArea(parent), editor_(editor) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    connect(&editor_, &Editor::changed, this, [this] {
        if (!isTaking_) rebuild();
    });
    rebuild();
}

void Inspector::inspect(const Selection& selection) {
    if (selection == selection_) return;
    selection_ = selection;
    rebuild();
}

QWidget* Inspector::field(const QString& name) const {
    return widget() == nullptr ? nullptr : widget()->findChild<QWidget*>(name);
}

void Inspector::rebuild() {
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setContentsMargins(10, 8, 10, 8);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    const LabFile& lab = editor_.lab();
    const std::size_t count = selection_.nodes.size() + selection_.links.size() + selection_.groups.size();
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
        old->setParent(this);
        old->deleteLater();
    }
    setWidget(page);
}

void Inspector::heading(QFormLayout& form, const QString& kind, const QString& name) {
    auto* title = new QLabel(QString("<span style='font-size:15px'><b>%1</b></span> %2")
                                 .arg(name.toHtmlEscaped(), kind.toHtmlEscaped()));
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

void Inspector::showRouter(QFormLayout& form, const RouterEntry& router) {
    heading(form, tr("router"), q(router.name));
    const std::string name = router.name;
    const auto change = [this,
                         name](const std::function<Result<void>(RouterEntry&)>& how) -> Result<LabFile> {
        const RouterEntry* present = editor_.lab().router(name);
        if (present == nullptr) return failure("the router is gone");
        RouterEntry next = *present;
        if (auto done = how(next); !done) return std::unexpected(done.error());
        return withRouterEntry(editor_.lab(), next);
    };
    addGroupChoice(form, name);
    addLine(form, tr("AS number"), "asn", textOf(router.asn), tr("Change the AS number of %1").arg(q(name)),
            [change](const std::string& text) {
                return change([&](RouterEntry& next) -> Result<void> {
                    auto asn = readOptional<Asn>(text);
                    if (!asn) return std::unexpected(asn.error());
                    next.asn = *asn;
                    return {};
                });
            });
    auto* protocols = new QWidget;
    protocols->setObjectName("protocols");
    auto* row = new QHBoxLayout(protocols);
    row->setContentsMargins(0, 0, 0, 0);
    for (const IntentProtocol protocol : kProtocols) {
        auto* box = new QCheckBox(QString::fromLatin1(toString(protocol).data(),
                                                      static_cast<qsizetype>(toString(protocol).size())));
        box->setObjectName(box->text());
        box->setChecked(std::ranges::find(router.protocols, protocol) != router.protocols.end());
        connect(box, &QCheckBox::toggled, this, [this, change, protocol, name](bool on) {
            auto next = change([&](RouterEntry& entry) -> Result<void> {
                std::erase(entry.protocols, protocol);
                if (on) entry.protocols.push_back(protocol);
                std::ranges::sort(entry.protocols);
                return {};
            });
            isTaking_ = true;
            editor_.apply(tr("Change the protocols of %1").arg(q(name)), std::move(next));
            isTaking_ = false;
        });
        row->addWidget(box);
    }
    row->addStretch(1);
    protocols->setEnabled(router.config.empty());
    protocols->setToolTip(
        router.config.empty()
            ? tr("What the router runs with sensible settings, as long as it has no configuration")
            : tr("The router has a configuration of its own; it says what runs"));
    form.addRow(tr("Protocols"), protocols);
    std::string networks;
    for (const PlacedPrefix& network : router.networks)
        networks += (networks.empty() ? "" : " ") + toString(network.value);
    addLine(form, tr("Networks behind it"), "networks", networks,
            tr("Change the networks of %1").arg(q(name)), [change](const std::string& text) {
                return change([&](RouterEntry& next) -> Result<void> {
                    next.networks.clear();
                    for (const std::string& word : wordsOf(text)) {
                        auto prefix = Prefix::parse(word);
                        if (!prefix) return std::unexpected(prefix.error());
                        next.networks.push_back({*prefix, {}});
                    }
                    return {};
                });
            });
    std::string loopback;
    for (const PlacedAddress& address : router.loopback)
        loopback += (loopback.empty() ? "" : " ") + toString(address.value);
    addLine(form, tr("Loopback addresses"), "loopback", loopback,
            tr("Change the loopback of %1").arg(q(name)), [change](const std::string& text) {
                return change([&](RouterEntry& next) -> Result<void> {
                    next.loopback.clear();
                    for (const std::string& word : wordsOf(text)) {
                        auto address = InterfaceAddress::parse(word);
                        if (!address) return std::unexpected(address.error());
                        next.loopback.push_back({*address, {}});
                    }
                    return {};
                });
            });
    addConfiguration(form, name);
}

void Inspector::showHost(QFormLayout& form, const HostEntry& host) {
    heading(form, tr("host"), q(host.name));
    const std::string name = host.name;
    addGroupChoice(form, name);
    auto* gateway = new QComboBox;
    gateway->setObjectName("gateway");
    gateway->addItem(tr("none"), QString());
    for (const RouterEntry& router : editor_.lab().routers) {
        gateway->addItem(q(router.name), q(router.name));
        if (host.gateway && host.gateway->name == router.name) gateway->setCurrentIndex(gateway->count() - 1);
    }
    connect(gateway, &QComboBox::activated, this, [this, gateway, name] {
        LabFile next = editor_.lab();
        for (HostEntry& entry : next.hosts) {
            if (entry.name != name) continue;
            const std::string chosen = gateway->currentData().toString().toStdString();
            entry.gateway = chosen.empty() ? std::nullopt : std::optional(NameRef{chosen, {}});
            if (chosen.empty()) entry.address.reset();
        }
        editor_.apply(tr("Change the gateway of %1").arg(q(name)), std::move(next));
    });
    form.addRow(tr("Gateway"), gateway);
    addConfiguration(form, name);
}

void Inspector::addGroupChoice(QFormLayout& form, const std::string& node) {
    const LabFile& lab = editor_.lab();
    const RouterEntry* router = lab.router(node);
    const HostEntry* host = lab.host(node);
    const std::optional<NameRef>& home = router != nullptr ? router->group : host->group;
    auto* choice = new QComboBox;
    choice->setObjectName("group");
    choice->addItem(tr("none"), QString());
    for (const GroupEntry& group : lab.groups) {
        choice->addItem(q(group.title.empty() ? group.name : group.title), q(group.name));
        if (home && home->name == group.name) choice->setCurrentIndex(choice->count() - 1);
    }
    connect(choice, &QComboBox::activated, this, [this, choice, node] {
        LabFile next = editor_.lab();
        const std::string chosen = choice->currentData().toString().toStdString();
        const auto house = [&](auto& entries) {
            for (auto& entry : entries) {
                if (entry.name != node) continue;
                entry.group = chosen.empty() ? std::nullopt : std::optional(NameRef{chosen, {}});
            }
        };
        house(next.routers);
        house(next.hosts);
        editor_.apply(tr("Change the group of %1").arg(q(node)), std::move(next));
    });
    form.addRow(tr("Group"), choice);
}

void Inspector::addConfiguration(QFormLayout& form, const std::string& node) {
    auto* text = new QPlainTextEdit(q(configurationOf(editor_.lab(), node)));
    text->setObjectName("config");
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setMinimumHeight(180);
    text->setPlaceholderText("router rip\n network 0.0.0.0/0");
    auto* take = new QPushButton(tr("Use this configuration"));
    take->setObjectName("useConfig");
    take->setEnabled(false);
    connect(text, &QPlainTextEdit::textChanged, take, [take] { take->setEnabled(true); });
    connect(take, &QPushButton::clicked, this, [this, text, take, node] {
        std::string typed = text->toPlainText().toStdString();
        if (!typed.empty() && !typed.ends_with('\n')) typed += '\n';
        isTaking_ = true;
        editor_.apply(tr("Configure %1").arg(q(node)), withConfiguration(editor_.lab(), node, typed));
        isTaking_ = false;
        take->setEnabled(false);
    });
    form.addRow(tr("Configuration (FRR)"), text);
    form.addRow(take);
}

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
                    return failure("the link is gone");
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

void Inspector::showGroup(QFormLayout& form, const GroupEntry& group) {
    heading(form, q(group.kind), q(group.title.empty() ? group.name : group.title));
    const std::string name = group.name;
    const auto change = [this, name](const std::function<Result<void>(GroupEntry&)>& how) -> Result<LabFile> {
        const GroupEntry* present = editor_.lab().group(name);
        if (present == nullptr) return failure("the group is gone");
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

void Inspector::showSeveral(QFormLayout& form) {
    heading(form, tr("selected"), tr("Several things"));
    QStringList facts;
    if (!selection_.nodes.empty())
        facts << tr("%n nodes", nullptr, static_cast<int>(selection_.nodes.size()));
    if (!selection_.links.empty())
        facts << tr("%n links", nullptr, static_cast<int>(selection_.links.size()));
    if (!selection_.groups.empty())
        facts << tr("%n groups", nullptr, static_cast<int>(selection_.groups.size()));
    form.addRow(new QLabel(facts.join(", ")));
}

}  // namespace peerscape::gui
