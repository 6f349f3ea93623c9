#include "gui/panels/table_rows.hpp"

#include <algorithm>
#include <map>

#include <QCoreApplication>

#include "gui/model/text.hpp"

namespace peerscape::gui {

namespace {

struct TableRows {
    Q_DECLARE_TR_FUNCTIONS(TableRows)
};

QString keyOf(const std::string& prefix, const QStringList& parts) {
    return q(prefix) + kKeyEnd + parts.join(kKeyEnd);
}

/// "2:05".
QString clockText(Duration time) {
    const auto seconds = (time + Duration::milliseconds(999)) / Duration::seconds(1);
    return QString("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar('0'));
}

double partOf(Duration left, Duration whole) {
    if (whole <= Duration()) return 0;
    return std::clamp(static_cast<double>(left.count()) / static_cast<double>(whole.count()), 0.0, 1.0);
}

StateCell timerCell(const RipRow& route) {
    const QString left = clockText(route.left);
    const QString whole = clockText(route.whole);
    const double part = partOf(route.left, route.whole);
    switch (route.timer) {
        case RipRow::Timer::None:
            return {TableRows::tr("does not age"), Tone::Muted, {}};
        case RipRow::Timer::Timeout: {
            const QString text = TableRows::tr("%1 of %2").arg(left, whole);
            return {text, Tone::Plain, {{part, part < 0.25 ? Tone::Waiting : Tone::Good, text}}};
        }
        case RipRow::Timer::GarbageCollection: {
            const QString text = TableRows::tr("✕ garbage %1 of %2").arg(left, whole);
            return {text, Tone::Plain, {{part, Tone::Bad, text}}};
        }
    }
    return {};
}

/// The two distances on one scale, the longer one as wide as the cell.
StateCell testCell(const EigrpRow& path) {
    if (path.via.empty()) return {TableRows::tr("no path is left"), Tone::Muted, {}};
    if (path.isOwn) return {q(path.via).toLower(), Tone::Muted, {}};
    if (!path.feasibleDistance)
        return {TableRows::tr("RD %1, FD infinite").arg(path.reportedDistance), Tone::Muted, {}};
    const bool isFeasible = path.reportedDistance < *path.feasibleDistance;
    const double longest =
        static_cast<double>(std::max({path.reportedDistance, *path.feasibleDistance, std::uint64_t{1}}));
    const QString reported = QString::number(path.reportedDistance);
    const QString feasible = QString::number(*path.feasibleDistance);
    return {isFeasible ? TableRows::tr("RD %1 < FD %2").arg(reported, feasible)
                       : TableRows::tr("RD %1 ≥ FD %2").arg(reported, feasible),
            Tone::Plain,
            {{static_cast<double>(path.reportedDistance) / longest, isFeasible ? Tone::Good : Tone::Bad,
              TableRows::tr("RD %1").arg(reported)},
             {static_cast<double>(*path.feasibleDistance) / longest, Tone::Muted,
              TableRows::tr("FD %1").arg(feasible)}}};
}

StateCell roleCell(const EigrpRow& path) {
    if (path.isActive) {
        return {path.awaited.empty() ? TableRows::tr("◆ active: it asks")
                                     : TableRows::tr("◆ active: waits for %1").arg(q(path.awaited)),
                Tone::Waiting,
                {}};
    }
    switch (path.role) {
        case EigrpRow::Role::Successor:
            return {TableRows::tr("✓ successor"), Tone::Good, {}};
        case EigrpRow::Role::FeasibleSuccessor:
            return {TableRows::tr("✓ feasible successor"), Tone::Plain, {}};
        case EigrpRow::Role::NotFeasible:
            return {
                path.isOwn ? TableRows::tr("not used") : TableRows::tr("✕ not feasible"), Tone::Muted, {}};
    }
    return {};
}

}  // namespace

std::vector<StateRow> routeRows(const std::vector<RouteRow>& routes) {
    std::vector<StateRow> rows;
    std::map<QString, int> seen;
    for (const RouteRow& route : routes) {
        const QString key = keyOf(route.prefix, {q(route.protocol), q(route.preference)});
        rows.push_back({key + kKeyEnd + QString::number(seen[key]++),
                        {{route.isSelected ? "✓" : ""},
                         {q(route.prefix)},
                         {q(route.protocol)},
                         {q(route.preference)},
                         {q(toString(route.since))},
                         {q(route.via)}},
                        route.isSelected ? Tone::Plain : Tone::Muted});
    }
    return rows;
}

std::vector<StateRow> fibRows(const std::vector<FibRow>& ways) {
    std::vector<StateRow> rows;
    for (const FibRow& way : ways) {
        rows.push_back({keyOf(way.prefix, {q(way.interface), q(way.gateway)}),
                        {{q(way.prefix)},
                         {way.gateway.empty() ? TableRows::tr("on the link") : q(way.gateway)},
                         {q(way.interface)},
                         {q(way.protocol)}}});
    }
    return rows;
}

std::vector<StateRow> interfaceRows(const std::vector<InterfaceView>& interfaces) {
    std::vector<StateRow> rows;
    for (const InterfaceView& interface : interfaces) {
        QStringList addresses;
        for (const std::string& address : interface.addresses)
            addresses << q(address);
        const QString state = !interface.isAdminUp ? TableRows::tr("■ shut down")
                              : interface.isUp     ? TableRows::tr("▲ up")
                                                   : TableRows::tr("✕ no carrier");
        const Tone tone = interface.isUp ? Tone::Good : interface.isAdminUp ? Tone::Bad : Tone::Muted;
        rows.push_back({q(interface.name),
                        {{q(interface.name)}, {state, tone, {}}, {q(interface.link)}, {addresses.join(", ")}},
                        interface.isUp ? Tone::Plain : Tone::Muted});
    }
    return rows;
}

std::vector<StateRow> ripRows(const std::vector<RipRow>& routes) {
    constexpr std::uint32_t kInfinity = 16;
    std::vector<StateRow> rows;
    for (const RipRow& route : routes) {
        const bool isReachable = route.metric < kInfinity;
        const QString metric = isReachable ? QString::number(route.metric) : TableRows::tr("16, unreachable");
        rows.push_back({keyOf(route.prefix, {q(route.protocol), q(route.from)}),
                        {{q(route.prefix)},
                         {metric, isReachable ? Tone::Plain : Tone::Bad, {}},
                         {route.from.empty() ? TableRows::tr("itself") : q(route.from)},
                         timerCell(route)}});
    }
    return rows;
}

std::vector<StateRow> eigrpRows(const std::vector<EigrpRow>& paths) {
    std::vector<StateRow> rows;
    for (const EigrpRow& path : paths) {
        rows.push_back({keyOf(path.prefix, {q(path.via), q(path.interface)}),
                        {{q(path.prefix)},
                         {path.isOwn ? TableRows::tr("itself") : q(path.via)},
                         testCell(path),
                         roleCell(path),
                         {path.via.empty() ? QString("–") : QString::number(path.distance)}},
                        path.role == EigrpRow::Role::NotFeasible ? Tone::Muted : Tone::Plain});
    }
    return rows;
}

std::vector<StateRow> bgpRows(const std::vector<BgpRow>& paths) {
    std::vector<StateRow> rows;
    std::map<QString, int> seen;
    for (const BgpRow& path : paths) {
        const QString key = keyOf(path.prefix, {q(path.from), q(path.nextHop)});
        const QString mark = path.isBest ? "✓" : !path.isValid ? "✕" : path.isMultipath ? "=" : "";
        rows.push_back({key + kKeyEnd + QString::number(seen[key]++),
                        {{mark,
                          path.isBest    ? Tone::Good
                          : path.isValid ? Tone::Plain
                                         : Tone::Bad,
                          {}},
                         {q(path.prefix)},
                         {q(path.from)},
                         {q(path.asPath)},
                         {path.isBest ? TableRows::tr("the best path") : q(path.verdict)},
                         {q(path.nextHop)},
                         {q(path.localPreference)},
                         {q(path.med)}},
                        path.isBest || path.isMultipath ? Tone::Plain : Tone::Muted});
    }
    return rows;
}

std::vector<StateRow> neighborRows(const std::vector<NeighborRow>& neighbors) {
    std::vector<StateRow> rows;
    for (const NeighborRow& neighbor : neighbors) {
        const QString state = neighbor.state.empty() ? TableRows::tr("heard") : q(neighbor.state);
        rows.push_back(
            {keyOf(neighbor.protocol, {q(neighbor.address), q(neighbor.interface)}),
             {{q(neighbor.protocol)},
              {q(neighbor.name)},
              {(neighbor.isWell ? "▲ " : "◆ ") + state, neighbor.isWell ? Tone::Good : Tone::Waiting, {}},
              {q(toString(neighbor.since))},
              {q(neighbor.interface)},
              {q(neighbor.address)}}});
    }
    return rows;
}

}  // namespace peerscape::gui
