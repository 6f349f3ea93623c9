#include "gui/style/theme.hpp"

#include <array>

namespace peerscape::gui {

const Theme& Theme::light() {
    static const Theme theme{
        .isDark = false,
        .canvas = QColor("#f7f8f6"),
        .grid = QColor("#dfe3df"),
        .surface = QColor("#ffffff"),
        .outline = QColor("#33414f"),
        .text = QColor("#17212b"),
        .faintText = QColor("#5b6875"),
        .cable = QColor("#54616e"),
        .accent = QColor("#0072b2"),
        .good = QColor("#00845f"),
        .bad = QColor("#c44e00"),
        .waiting = QColor("#b87a00"),
        .muted = QColor("#a4adb5"),
    };
    return theme;
}

const Theme& Theme::dark() {
    static const Theme theme{
        .isDark = true,
        .canvas = QColor("#161b20"),
        .grid = QColor("#29313a"),
        .surface = QColor("#242c35"),
        .outline = QColor("#b5c0ca"),
        .text = QColor("#eef2f5"),
        .faintText = QColor("#9aa7b3"),
        .cable = QColor("#8f9ca8"),
        .accent = QColor("#56b4e9"),
        .good = QColor("#2fc79a"),
        .bad = QColor("#ff8a4c"),
        .waiting = QColor("#f0b429"),
        .muted = QColor("#5d6974"),
    };
    return theme;
}

const Theme& Theme::of(const QPalette& palette) {
    return palette.color(QPalette::Window).lightnessF() < 0.5F ? dark() : light();
}

QColor Theme::ofProtocol(const QString& protocol) const {
    if (protocol == "rip" || protocol == "ripng") return isDark ? QColor("#2fc79a") : QColor("#009e73");
    if (protocol == "eigrp" || protocol == "eigrp6") return isDark ? QColor("#f0b429") : QColor("#d08700");
    if (protocol == "bgp") return isDark ? QColor("#56b4e9") : QColor("#0072b2");
    if (protocol == "static") return isDark ? QColor("#e39cc3") : QColor("#b35a8d");
    return faintText;
}

QColor Theme::ofGroup(int index) const {
    static constexpr std::array kHues{208, 160, 36, 322, 262, 186, 14, 92};
    const int hue = kHues[static_cast<std::size_t>(index) % kHues.size()];
    return isDark ? QColor::fromHsl(hue, 90, 120) : QColor::fromHsl(hue, 120, 130);
}

QPalette Theme::palette() const {
    QPalette p;
    const QColor window = isDark ? QColor("#1d242b") : QColor("#eef0ee");
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, isDark ? QColor("#161b20") : QColor("#ffffff"));
    p.setColor(QPalette::AlternateBase, isDark ? QColor("#1b2228") : QColor("#f5f7f5"));
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::PlaceholderText, faintText);
    p.setColor(QPalette::Button, isDark ? QColor("#2a333c") : QColor("#e4e8e5"));
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::ToolTipBase, surface);
    p.setColor(QPalette::ToolTipText, text);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, isDark ? QColor("#10151a") : QColor("#ffffff"));
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::Light, isDark ? QColor("#3a454f") : QColor("#ffffff"));
    p.setColor(QPalette::Midlight, isDark ? QColor("#323c46") : QColor("#f3f5f3"));
    p.setColor(QPalette::Mid, isDark ? QColor("#3a454f") : QColor("#c3cac5"));
    p.setColor(QPalette::Dark, isDark ? QColor("#0e1216") : QColor("#9aa39d"));
    p.setColor(QPalette::Shadow, isDark ? QColor("#000000") : QColor("#6d7670"));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, muted);
    return p;
}

}  // namespace peerscape::gui
