#pragma once

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include <QImage>

namespace peerscape::gui {

/// The same picture in at most 256 of its colours, the commonest first and none too near another, each pixel
/// in the nearest of them. A window has few colours and the edges of letters many: the file is a third as
/// large, and no eye sees a difference.
inline QImage withFewColours(const QImage& image) {
    constexpr qsizetype kMost = 256;
    constexpr int kNear = 12;  ///< sum over red, green and blue
    const QImage full = image.convertToFormat(QImage::Format_RGB32);
    std::map<QRgb, int> counts;
    for (int y = 0; y < full.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(full.constScanLine(y));
        for (int x = 0; x < full.width(); ++x)
            ++counts[line[x]];
    }
    std::vector<std::pair<int, QRgb>> ranked;
    for (const auto& [colour, count] : counts)
        ranked.emplace_back(count, colour);
    std::ranges::sort(ranked, std::greater<>());
    const auto distance = [](QRgb a, QRgb b) {
        return std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b));
    };
    QList<QRgb> table;
    for (const auto& [count, colour] : ranked) {
        if (table.size() == kMost) break;
        const bool isNew =
            std::ranges::none_of(table, [&](QRgb taken) { return distance(taken, colour) < kNear; });
        if (isNew) table << colour;
    }
    return full.convertToFormat(QImage::Format_Indexed8, table,
                                Qt::ThresholdDither | Qt::AvoidDither | Qt::ColorOnly);
}

}  // namespace peerscape::gui
