#include "gui/canvas/overlays.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <QLocale>

#include "gui/model/text.hpp"

namespace peerscape::gui {

Overlay dataPlaneOf(const Snapshot& shot) {
    Overlay overlay;
    for (const HopArrow& arrow : shot.arrows) {
        const QString from = q(arrow.from);
        switch (arrow.kind) {
            case HopArrow::Kind::Local:
                overlay.marks[from] = NodeMark::Arrives;
                break;
            case HopArrow::Kind::None:
            case HopArrow::Kind::Discard:
                overlay.marks[from] = NodeMark::Lost;
                break;
            case HopArrow::Kind::Forward:
                overlay.arrows.push_back(
                    {from,
                     q(arrow.to),
                     q(arrow.link),
                     arrow.isForNothing ? LayerArrow::Look::Nowhere : LayerArrow::Look::Way,
                     {}});
                if (arrow.isInLoop) overlay.marks[from] = NodeMark::Loops;
                break;
        }
    }
    return overlay;
}

Overlay controlPlaneOf(const Snapshot& shot) {
    Overlay overlay;
    for (const Telling& telling : shot.tellings) {
        if (telling.from == telling.to) {
            overlay.marks[q(telling.to)] = NodeMark::Begins;
            continue;
        }
        overlay.arrows.push_back({q(telling.from), q(telling.to), q(telling.link),
                                  telling.isUsed ? LayerArrow::Look::Told : LayerArrow::Look::ToldAside,
                                  q(telling.protocol)});
    }
    return overlay;
}

Overlay relationsOf(const LabFile& lab, const Theme& theme) {
    Overlay overlay;
    for (const LinkEntry& link : lab.links) {
        CableTint& tint = overlay.tints[q(link.name)];
        switch (link.relation) {
            case Relation::None:
                tint = {theme.muted, 1.4, {}, true, 0, 0};
                break;
            case Relation::CustomerProvider:
                tint = {theme.bad, 5, {}, false, 0, 0};
                break;
            default:
                tint = {theme.accent, 5, {}, false, 0, 0};
                break;
        }
    }
    return overlay;
}

namespace {

CableTint tintOfTraffic(double bitsPerSecond, double share, const QString& sign, const Theme& theme) {
    const QColor colour = share >= kFullShare   ? theme.bad
                          : share >= kBusyShare ? theme.waiting
                                                : theme.accent;
    // Ten times the rate is two points wider: 100 bit/s 2, 1 Mbit/s 10.
    const double width = std::clamp(2 + 2 * (std::log10(std::max(1.0, bitsPerSecond)) - 2), 2.0, 16.0);
    QString text = sign + rateText(bitsPerSecond);
    if (share >= 0.005) text += QString(" (%1 %)").arg(QLocale().toString(100 * share, 'f', 0));
    return {colour, width, text, false, bitsPerSecond, share};
}

}  // namespace

Overlay trafficOf(const Snapshot& shot, const Theme& theme) {
    Overlay overlay;
    for (const LinkView& link : shot.links)
        overlay.tints[q(link.name)] = {theme.muted, 1.4, {}, true, 0, 0};
    for (const LinkLoad& load : shot.loads)
        overlay.tints[q(load.link)] = tintOfTraffic(load.bitsPerSecond, load.share, {}, theme);
    return overlay;
}

CableTint tintOfAll(const std::vector<CableTint>& tints, const Theme& theme) {
    CableTint whole;
    double rate = 0;
    double share = 0;
    int carrying = 0;
    const auto urgency = [&](const CableTint& tint) {
        return tint.isMuted ? 0 : tint.colour == theme.bad ? 3 : tint.colour == theme.waiting ? 2 : 1;
    };
    for (const CableTint& tint : tints) {
        rate += tint.bitsPerSecond;
        share = std::max(share, tint.share);
        carrying += tint.bitsPerSecond > 0 ? 1 : 0;
        if (&tint == &tints.front() || urgency(tint) > urgency(whole)) whole = tint;
    }
    return carrying > 1 ? tintOfTraffic(rate, share, "Σ ", theme) : whole;
}

QString rateText(double bitsPerSecond) {
    static constexpr std::array kUnits{"bit/s", "kbit/s", "Mbit/s", "Gbit/s"};
    std::size_t unit = 0;
    while (bitsPerSecond >= 1000 && unit + 1 < kUnits.size()) {
        bitsPerSecond /= 1000;
        ++unit;
    }
    const int digits = bitsPerSecond < 10 && unit > 0 ? 1 : 0;
    return QLocale().toString(bitsPerSecond, 'f', digits) + " " + QLatin1String(kUnits[unit]);
}

}  // namespace peerscape::gui
