// The pages of routers and hosts.
#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include <QBoxLayout>
#include <QFormLayout>
#include <QPushButton>
#include <QRegularExpression>

#include "gui/model/refusal.hpp"
#include "gui/model/text.hpp"
#include "gui/panels/config_editor.hpp"
#include "gui/panels/inspector.hpp"
#include "gui/panels/inspector_fields.hpp"

namespace peerscape::gui {

namespace {

constexpr std::array kProtocols{IntentProtocol::Static, IntentProtocol::Rip, IntentProtocol::Ripng,
                                IntentProtocol::Eigrp, IntentProtocol::Bgp};

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    for (const QString& word : q(text).split(QRegularExpression("[\\s,]+"), Qt::SkipEmptyParts))
        words.push_back(word.toStdString());
    return words;
}

}  // namespace

void Inspector::showRouter(QFormLayout& form, const RouterEntry& router) {
    heading(form, tr("router"), q(router.name));
    const std::string name = router.name;
    const auto change = [this,
                         name](const std::function<Result<void>(RouterEntry&)>& how) -> Result<LabFile> {
        const RouterEntry* present = editor_.lab().router(name);
        if (present == nullptr) return refusal(QT_TRANSLATE_NOOP("Refusal", "the router is gone"));
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
                if (protocol == IntentProtocol::Bgp && !on) entry.reflectsRoutes = false;
                return {};
            });
            editor_.apply(tr("Change the protocols of %1").arg(q(name)), std::move(next));
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
    addReflectorChoice(form, router);
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

void Inspector::addReflectorChoice(QFormLayout& form, const RouterEntry& router) {
    const bool speaksBgp = std::ranges::find(router.protocols, IntentProtocol::Bgp) != router.protocols.end();
    if (!speaksBgp) return;
    auto* reflects = new QCheckBox(tr("reflects routes inside its AS"));
    reflects->setObjectName("routeReflector");
    reflects->setChecked(router.reflectsRoutes);
    reflects->setToolTip(tr("The other BGP routers of its AS have sessions with reflectors only (RFC 4456)"));
    connect(reflects, &QCheckBox::toggled, this, [this, name = router.name](bool on) {
        const RouterEntry* present = editor_.lab().router(name);
        if (present == nullptr) return;
        RouterEntry next = *present;
        next.reflectsRoutes = on;
        editor_.apply(tr("Change the route reflector %1").arg(q(name)), withRouterEntry(editor_.lab(), next));
    });
    form.addRow(tr("Route reflector"), reflects);
}

/// What the router's protocols come to. It is read here, and edited once it is written out.
void Inspector::addIntendedConfiguration(QFormLayout& form, const std::string& node) {
    constexpr std::size_t kMostRouters = 100;  // of more it takes too long to do as one clicks
    if (editor_.lab().routers.size() > kMostRouters) {
        auto* elsewhere = new QLabel(tr("Of a large lab, Tables, Configuration shows what this means."));
        elsewhere->setWordWrap(true);
        form.addRow(elsewhere);
        return;
    }
    auto* text = new ConfigEditor(q(intendedConfigurationOf(editor_.lab(), node)));
    text->setObjectName("intendedConfig");
    text->setMinimumHeight(180);
    text->setReadOnly(true);
    // A field that is being left changes the lab without a new page.
    connect(&editor_, &Editor::changed, text, [this, text, node] {
        if (isTaking_) text->setPlainText(q(intendedConfigurationOf(editor_.lab(), node)));
    });
    auto* write = new QPushButton(tr("Write out configurations"));
    write->setObjectName("writeOut");
    write->setToolTip(
        tr("Of all routers whose protocols are only named; from then on they are edited as text"));
    connect(write, &QPushButton::clicked, this,
            [this] { editor_.apply(tr("Write out configurations"), withIntentsWrittenOut(editor_.lab())); });
    form.addRow(tr("Configuration that this means (FRR)"), text);
    form.addRow(write);
}

void Inspector::addConfiguration(QFormLayout& form, const std::string& node) {
    if (hasIntents(editor_.lab(), node)) return addIntendedConfiguration(form, node);
    auto* text = new ConfigEditor(q(configurationOf(editor_.lab(), node)));
    text->setObjectName("config");
    text->setMinimumHeight(180);
    auto* problem = new QLabel;
    problem->setObjectName("configProblem");
    problem->setWordWrap(true);
    const auto showProblem = [text, problem] {
        problem->setText(text->summary());
        problem->setVisible(!text->summary().isEmpty());
    };
    connect(text, &ConfigEditor::checked, problem, showProblem);
    showProblem();
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
    form.addRow(problem);
    form.addRow(take);
}

}  // namespace peerscape::gui
