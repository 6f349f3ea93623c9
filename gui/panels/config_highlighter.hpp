#pragma once

#include <QRegularExpression>
#include <QSyntaxHighlighter>

#include "gui/style/theme.hpp"

namespace peerscape::gui {

/// Colours a configuration: lines that open a block, addresses, numbers, `no`, comments.
class ConfigHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT

  public:
    ConfigHighlighter(QTextDocument* document, const Theme& theme);

    void setTheme(const Theme& theme);

  protected:
    void highlightBlock(const QString& line) override;

  private:
    struct Rule {
        QRegularExpression pattern;
        QTextCharFormat format;
    };
    std::vector<Rule> rules_;
};

}  // namespace peerscape::gui
