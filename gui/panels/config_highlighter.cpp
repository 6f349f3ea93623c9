#include "gui/panels/config_highlighter.hpp"

namespace peerscape::gui {

namespace {

QTextCharFormat formatOf(const QColor& colour, bool isBold = false) {
    QTextCharFormat format;
    format.setForeground(colour);
    if (isBold) format.setFontWeight(QFont::Bold);
    return format;
}

}  // namespace

ConfigHighlighter::ConfigHighlighter(QTextDocument* document, const Theme& theme)
    : QSyntaxHighlighter(document) {
    setTheme(theme);
}

void ConfigHighlighter::setTheme(const Theme& theme) {
    // Later rules paint over earlier ones.
    rules_ = {
        {QRegularExpression(R"(\b\d+\b)"), formatOf(theme.waiting)},
        {QRegularExpression(R"(\b\d+\.\d+\.\d+\.\d+(/\d+)?\b)"), formatOf(theme.accent)},
        {QRegularExpression(R"(\b[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]+(/\d+)?)"), formatOf(theme.accent)},
        {QRegularExpression(R"(^\s*(router|interface|route-map|address-family|key chain|line)\b.*)"),
         formatOf(theme.text, true)},
        {QRegularExpression(R"(\b(permit|deny)\b)"), formatOf(theme.text, true)},
        {QRegularExpression(R"(^\s*(no|shutdown)\b)"), formatOf(theme.bad, true)},
        {QRegularExpression(R"(^\s*(exit|quit|end|exit-address-family)\b)"), formatOf(theme.faintText)},
        {QRegularExpression(R"(^\s*[!#].*)"), formatOf(theme.muted)},
    };
    rehighlight();
}

void ConfigHighlighter::highlightBlock(const QString& line) {
    for (const Rule& rule : rules_) {
        auto matches = rule.pattern.globalMatch(line);
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            setFormat(static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()),
                      rule.format);
        }
    }
}

}  // namespace peerscape::gui
