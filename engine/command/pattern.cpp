#include "engine/command/pattern.hpp"

#include <algorithm>
#include <cstddef>

#include "engine/base/check.hpp"
#include "engine/base/text.hpp"

namespace peerscape {
namespace {

bool isCapital(char c) { return c >= 'A' && c <= 'Z'; }

/// "IFNAME", "RMAP_NAME", "AA:NN": a variable's name, unlike "Null0".
bool isVariableName(std::string_view text) {
    return isCapital(text.front()) && std::ranges::all_of(text, [](char c) {
               return isCapital(c) || (c >= '0' && c <= '9') || c == '_' || c == ':' || c == '-' ||
                      c == '.' || c == '/';
           });
}

/// What the argument is called when the pattern does not say it.
std::string implicitName(std::string_view text) {
    if (text.ends_with("...")) text.remove_suffix(3);
    if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
    return toLower(text);
}

Token::Kind kindOf(std::string_view text) {
    if (text.front() == '(') return Token::Kind::Number;
    if (text == "A.B.C.D") return Token::Kind::Address4;
    if (text == "A.B.C.D/M") return Token::Kind::Prefix4;
    if (text == "X:X::X:X") return Token::Kind::Address6;
    if (text == "X:X::X:X/M") return Token::Kind::Prefix6;
    if (!isVariableName(text)) return Token::Kind::Keyword;
    return text == "LINE" || text.ends_with("...") ? Token::Kind::Line : Token::Kind::Word;
}

/// Reads a pattern from left to right. A mistake in it is a bug of whoever wrote the command.
class PatternParser {
  public:
    explicit PatternParser(std::string_view text) : text_(text) {}

    std::vector<Pattern::Node> parse() {
        auto nodes = sequence(0);
        PEERSCAPE_CHECK(at_ == text_.size());  // otherwise a bracket closes that was never opened
        PEERSCAPE_CHECK(!nodes.empty());
        dropLabels(nodes);
        return nodes;
    }

  private:
    static constexpr int kDeepest = 16;

    void skipBlanks() {
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
    }

    std::vector<Pattern::Node> sequence(int depth) {
        PEERSCAPE_CHECK(depth < kDeepest);
        std::vector<Pattern::Node> nodes;
        for (skipBlanks(); at_ < text_.size(); skipBlanks()) {
            const char c = text_[at_];
            if (c == '|' || c == '>' || c == ']' || c == '}') break;
            nodes.push_back(c == '<' || c == '[' || c == '{' ? group(depth) : token(depth));
        }
        return nodes;
    }

    Pattern::Node group(int depth) {
        const char opening = text_[at_++];
        const char closing = opening == '<' ? '>' : opening == '[' ? ']' : '}';
        std::vector<std::vector<Pattern::Node>> branches;
        do {
            branches.push_back(sequence(depth + 1));
            PEERSCAPE_CHECK(!branches.back().empty());
            PEERSCAPE_CHECK(at_ < text_.size());
        } while (text_[at_++] == '|');
        PEERSCAPE_CHECK(text_[at_ - 1] == closing);

        Pattern::Node node;
        node.kind = opening == '{' ? Pattern::Node::Kind::Set : Pattern::Node::Kind::Choice;
        PEERSCAPE_CHECK(node.kind != Pattern::Node::Kind::Set ||
                        branches.size() <= 32);  // a matcher keeps one bit for each
        node.branches = std::move(branches);
        if (opening == '[' && node.branches.size() > 1) {  // `[a|b]` is `[<a|b>]`
            Pattern::Node choice = std::move(node);
            node = {};
            node.branches = {{std::move(choice)}};
        }
        if (opening == '[') node.kind = Pattern::Node::Kind::Optional;
        if (const auto name = nameBehind(); !name.empty()) nameUnnamed(node, name);
        return node;
    }

    Pattern::Node token(int depth) {
        const std::size_t begin = at_;
        const std::string_view stops = text_[at_] == '(' ? ")" : " <>[]{}|$()";
        at_ = std::min(text_.find_first_of(stops, at_), text_.size());
        if (stops == ")") ++at_;
        PEERSCAPE_CHECK(at_ > begin && at_ <= text_.size());

        Pattern::Node node;
        Token& result = node.token;
        result.text = text_.substr(begin, at_ - begin);
        result.kind = kindOf(result.text);
        if (result.kind == Token::Kind::Number) readRange(result);
        result.name = nameBehind();
        const bool isNamed = !result.name.empty();
        if (result.kind == Token::Kind::Keyword) {
            if (isNamed && result.name != result.text) named_.push_back(result.name);
            if (!isNamed && depth > 0) result.name = result.text;
        } else {
            if (!isNamed) result.name = implicitName(result.text);
            named_.push_back(result.name);
        }
        return node;
    }

    static void readRange(Token& token) {
        const std::string_view range = std::string_view(token.text).substr(1, token.text.size() - 2);
        const auto bounds = split(range, '-');
        PEERSCAPE_CHECK(bounds.size() == 2);
        const auto least = readNumber(bounds[0]);
        const auto most = readNumber(bounds[1]);
        PEERSCAPE_CHECK(least && most && *least <= *most);
        token.least = *least;
        token.most = *most;
    }

    /// The name after `$`, if one stands here.
    std::string nameBehind() {
        if (at_ >= text_.size() || text_[at_] != '$') return {};
        const std::size_t begin = ++at_;
        at_ = std::min(text_.find_first_of(" <>[]{}|$()", at_), text_.size());
        PEERSCAPE_CHECK(at_ > begin);
        return std::string(text_.substr(begin, at_ - begin));
    }

    void nameUnnamed(Pattern::Node& node, const std::string& name) {
        if (node.kind == Pattern::Node::Kind::Token) {
            Token& token = node.token;
            const auto implicit = token.kind == Token::Kind::Keyword ? token.text : implicitName(token.text);
            if (token.name == implicit) token.name = name;
        }
        for (auto& branch : node.branches) {
            for (auto& inner : branch)
                nameUnnamed(inner, name);
        }
        named_.push_back(name);
    }

    /// A keyword in front of a value of the same name (`[tag (1-9)$tag]`) must not hide it.
    void dropLabels(std::vector<Pattern::Node>& nodes) const {
        for (auto& node : nodes) {
            Token& token = node.token;
            if (node.kind == Pattern::Node::Kind::Token && token.kind == Token::Kind::Keyword &&
                token.name == token.text && std::ranges::find(named_, token.name) != named_.end()) {
                token.name.clear();
            }
            for (auto& branch : node.branches)
                dropLabels(branch);
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<std::string> named_;  ///< the names of variables, and those given with `$`
};

}  // namespace

Pattern::Pattern(std::string_view text) : text_(text), nodes_(PatternParser(text).parse()) {}

const std::string* Arguments::find(std::string_view name) const {
    const auto found = std::ranges::find_if(values_, [&](const auto& value) { return value.first == name; });
    return found == values_.end() ? nullptr : &found->second;
}

std::string_view Arguments::text(std::string_view name) const {
    const std::string* value = find(name);
    return value == nullptr ? std::string_view() : std::string_view(*value);
}

std::uint64_t Arguments::number(std::string_view name, std::uint64_t otherwise) const {
    const std::string* value = find(name);
    if (value == nullptr) return otherwise;
    const auto number = readNumber(*value);
    PEERSCAPE_CHECK(number.has_value());
    return *number;
}

IpAddress Arguments::address(std::string_view name) const {
    const auto address = IpAddress::parse(text(name));
    PEERSCAPE_CHECK(address.has_value());
    return *address;
}

Prefix Arguments::prefix(std::string_view name) const {
    const auto prefix = Prefix::parseAnyHost(text(name));
    PEERSCAPE_CHECK(prefix.has_value());
    return *prefix;
}

}  // namespace peerscape
