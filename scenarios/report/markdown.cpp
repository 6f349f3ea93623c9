#include "scenarios/report/markdown.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/report/markup.hpp"

namespace peerscape::report {

namespace {

bool isWordAt(std::string_view text, std::size_t i) {
    if (i >= text.size()) return false;
    const auto c = static_cast<unsigned char>(text[i]);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/// Emphasis, code and links of one paragraph.
class Inline {
  public:
    explicit Inline(std::string_view text, int depth = 0) : text_(text), depth_(depth) {}

    std::string html() {
        while (at_ < text_.size()) {
            if (!code() && !nested()) plain_ += text_[at_++];
        }
        flush();
        return html_;
    }

  private:
    void flush() {
        html_ += escaped(plain_);
        plain_.clear();
    }
    void emit(const std::string& html) {
        flush();
        html_ += html;
    }

    /// Nobody nests deeper; a text of stars alone must not exhaust the stack.
    bool nested() {
        constexpr int kDeepest = 4;
        return depth_ < kDeepest && (spanned("**", "strong") || spanned("__", "strong") ||
                                     spanned("*", "em") || spanned("_", "em") || link());
    }

    bool code() {
        if (text_[at_] != '`') return false;
        const auto end = text_.find('`', at_ + 1);
        if (end == std::string_view::npos) return false;
        emit(fmt::format("<code>{}</code>", escaped(text_.substr(at_ + 1, end - at_ - 1))));
        at_ = end + 1;
        return true;
    }

    bool spanned(std::string_view mark, std::string_view tag) {
        if (!text_.substr(at_).starts_with(mark)) return false;
        const std::size_t begin = at_ + mark.size();
        // `snake_case` and `2 * 3 * 4` are no emphasis.
        if (begin >= text_.size() || text_[begin] == ' ' ||
            (mark[0] == '_' && at_ > 0 && isWordAt(text_, at_ - 1)))
            return false;
        const auto end = text_.find(mark, begin + 1);
        if (end == std::string_view::npos || text_[end - 1] == ' ') return false;
        if (mark[0] == '_' && isWordAt(text_, end + mark.size())) return false;
        emit(fmt::format("<{0}>{1}</{0}>", tag, Inline(text_.substr(begin, end - begin), depth_ + 1).html()));
        at_ = end + mark.size();
        return true;
    }

    bool link() {
        if (text_[at_] != '[') return false;
        const auto middle = text_.find("](", at_);
        if (middle == std::string_view::npos) return false;
        const auto end = text_.find(')', middle);
        if (end == std::string_view::npos) return false;
        const std::string_view target = text_.substr(middle + 2, end - middle - 2);
        if (!target.starts_with("https://") && !target.starts_with("http://")) return false;
        emit(fmt::format("<a href=\"{}\">{}</a>", escaped(target),
                         Inline(text_.substr(at_ + 1, middle - at_ - 1), depth_ + 1).html()));
        at_ = end + 1;
        return true;
    }

    std::string_view text_;
    int depth_ = 0;  ///< how many emphases and links this stands in
    std::size_t at_ = 0;
    std::string plain_;
    std::string html_;
};

struct ListItem {
    std::string_view tag;  ///< ul, ol
    std::string_view text;
};

std::optional<ListItem> listItem(std::string_view line) {
    if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ "))
        return ListItem{"ul", trim(line.substr(2))};
    const auto digits = line.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos || digits > 3) return std::nullopt;
    if (!line.substr(digits).starts_with(". ")) return std::nullopt;
    return ListItem{"ol", trim(line.substr(digits + 2))};
}

/// Reads line by line; what is open is a paragraph, or a list and its last item.
class Blocks {
  public:
    explicit Blocks(int headingLevel) : base_(headingLevel), deepest_(headingLevel) {}

    void read(std::string_view raw) {
        const std::string_view line = trim(raw);
        if (line.starts_with("```")) {
            if (!isCode_) close();
            html_ += isCode_ ? "</code></pre>\n" : "<pre><code>";
            isCode_ = !isCode_;
        } else if (isCode_) {
            html_ += escaped(raw) + "\n";
        } else if (line.empty()) {
            close();
        } else if (const auto depth = line.find_first_not_of('#');
                   depth != 0 && depth != std::string_view::npos && depth <= 6 && line[depth] == ' ') {
            close();
            // No level is left out, whatever the author did.
            const int level = std::min({base_ + static_cast<int>(depth) - 1, deepest_, 6});
            deepest_ = level + 1;
            html_ += fmt::format("<h{0}>{1}</h{0}>\n", level, Inline(trim(line.substr(depth))).html());
        } else if (const auto item = listItem(line)) {
            if (list_ != item->tag) {
                close();
                list_ = item->tag;
                html_ += fmt::format("<{}>\n", list_);
            } else {
                closeText();
            }
            text_ = item->text;
        } else {
            if (!text_.empty()) text_ += ' ';
            text_ += line;
        }
    }

    std::string html() {
        if (isCode_) html_ += "</code></pre>\n";
        close();
        return html_;
    }

  private:
    void closeText() {
        if (!text_.empty()) {
            const std::string_view tag = list_.empty() ? "p" : "li";
            html_ += fmt::format("<{0}>{1}</{0}>\n", tag, Inline(text_).html());
        }
        text_.clear();
    }
    void close() {
        closeText();
        if (!list_.empty()) html_ += fmt::format("</{}>\n", list_);
        list_ = {};
    }

    int base_;
    int deepest_;
    bool isCode_ = false;
    std::string_view list_;
    std::string text_;
    std::string html_;
};

}  // namespace

std::string htmlOfMarkdown(std::string_view markdown, int headingLevel) {
    Blocks blocks(headingLevel);
    for (const std::string_view line : split(markdown, '\n'))
        blocks.read(line);
    return blocks.html();
}

}  // namespace peerscape::report
