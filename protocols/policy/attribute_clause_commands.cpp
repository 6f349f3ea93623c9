// The `match` and `set` lines on BGP's attributes, read once and for all into values, and those that are only
// kept.
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/quantities.hpp"
#include "engine/base/text.hpp"
#include "protocols/policy/clause_command.hpp"

namespace peerscape::policy {
namespace {

using ReadMatch = std::function<Result<AttributeMatch>(const Arguments&)>;
using ReadSet = std::function<Result<AttributeSet>(const Arguments&)>;

constexpr const char* kMalformed = "Argument form is unsupported or malformed.";

/// Collects lines. `undo` is what `no` takes behind the words: by default anything or nothing.
class Lines {
  public:
    explicit Lines(std::vector<ConfigCommand>& commands) : commands_(commands) {}

    void match(const std::string& words, const std::string& value, std::string help, AttributeMatch sample,
               ReadMatch read) {
        commands_.push_back(clauseCommand<MatchClause>(
            "match " + words + value, std::move(help), std::move(sample),
            [read = std::move(read)](ConfigSession&, const Arguments& a) -> Result<MatchClause> {
                auto clause = read(a);
                if (!clause) return std::unexpected(clause.error());
                return MatchClause(std::move(*clause));
            },
            "match " + words + " [LINE...]"));
    }
    void set(const std::string& words, const std::string& value, std::string help, AttributeSet sample,
             ReadSet read, const std::string& undo = " [LINE...]") {
        commands_.push_back(clauseCommand<SetClause>(
            "set " + words + value, std::move(help), std::move(sample),
            [read = std::move(read)](ConfigSession&, const Arguments& a) -> Result<SetClause> {
                auto clause = read(a);
                if (!clause) return std::unexpected(clause.error());
                return SetClause(std::move(*clause));
            },
            "set " + words + undo));
    }

  private:
    std::vector<ConfigCommand>& commands_;
};

std::string listIn(const Arguments& arguments) { return std::string(arguments.text("list")); }

OriginName originIn(const Arguments& arguments) {
    if (arguments.has("igp")) return OriginName::Igp;
    return arguments.has("egp") ? OriginName::Egp : OriginName::Incomplete;
}

Result<std::vector<std::uint32_t>> asNumbersIn(const Arguments& arguments) {
    std::vector<std::uint32_t> numbers;
    for (const auto word : splitWords(arguments.text("numbers"))) {
        const auto number = Asn::parse(word);
        if (!number) return std::unexpected(number.error());
        numbers.push_back(number->value());
    }
    return numbers;
}

/// The line's values without `additive`, wherever that stands; no values where the line says `none`.
template <typename Value>
Result<std::vector<Value>> valuesIn(const Arguments& arguments, bool& isAdditive,
                                    std::optional<std::vector<Value>> (*read)(std::string_view)) {
    std::string values;
    for (const auto word : splitWords(arguments.text("values"))) {
        if (word == "additive") {
            isAdditive = true;
        } else {
            values += (values.empty() ? "" : " ") + std::string(word);
        }
    }
    if (values == "none" && !isAdditive) return std::vector<Value>();
    auto all = read(values);
    if (!all) return failure(fmt::format("Malformed communities attribute '{}'", values));
    return std::move(*all);
}

Result<AttributeSet> readLocalPreference(const Arguments& arguments) {
    SetLocalPreference set;
    std::string_view digits = arguments.text("value");
    if (digits.starts_with('+') || digits.starts_with('-')) {
        set.change =
            digits.front() == '+' ? SetLocalPreference::Change::Add : SetLocalPreference::Change::Subtract;
        digits.remove_prefix(1);
    }
    const auto amount = readNumber(digits, UINT32_MAX);
    if (!amount) return failure(kMalformed);
    set.amount = static_cast<std::uint32_t>(*amount);
    return set;
}

MatchPeer peerIn(const Arguments& arguments) {
    MatchPeer peer;
    peer.isLocal = arguments.has("local");
    if (arguments.has("address")) peer.address = arguments.address("address");
    peer.name = std::string(arguments.text("name"));
    return peer;
}

Result<AttributeMatch> readRpki(const Arguments& arguments) {
    return MatchRpki{arguments.has("valid")     ? RpkiState::Valid
                     : arguments.has("invalid") ? RpkiState::Invalid
                                                : RpkiState::NotFound};
}

void addListMatches(Lines& lines) {
    lines.match("as-path", " AS_PATH_FILTER_NAME$list", "Routes whose path the as-path list permits.",
                MatchAsPath{},
                [](const Arguments& a) -> Result<AttributeMatch> { return MatchAsPath{listIn(a)}; });
    lines.match("community", " COMMUNITY_LIST_NAME$list [exact-match]",
                "Routes whose communities the list permits.", MatchCommunity{},
                [](const Arguments& a) -> Result<AttributeMatch> {
                    return MatchCommunity{listIn(a), a.has("exact-match")};
                });
    lines.match("large-community", " LCOMMUNITY_LIST_NAME$list [exact-match]",
                "Routes whose large communities the list permits.", MatchLargeCommunity{},
                [](const Arguments& a) -> Result<AttributeMatch> {
                    return MatchLargeCommunity{listIn(a), a.has("exact-match")};
                });
    lines.match(
        "extcommunity", " EXTCOMMUNITY_LIST_NAME$list", "Routes whose extended communities the list permits.",
        MatchExtendedCommunity{},
        [](const Arguments& a) -> Result<AttributeMatch> { return MatchExtendedCommunity{listIn(a)}; });
    for (const bool isPrefixList : {false, true}) {
        lines.match(isPrefixList ? "ip route-source prefix-list" : "ip route-source", " LIST_NAME$list",
                    "Routes from neighbours that the list permits.", MatchRouteSource{"", isPrefixList},
                    [isPrefixList](const Arguments& a) -> Result<AttributeMatch> {
                        return MatchRouteSource{listIn(a), isPrefixList};
                    });
    }
}

void addCommunitySets(Lines& lines) {
    lines.set("community", " AA:NN...$values", "The communities; with `additive` besides those there.",
              SetCommunity{}, [](const Arguments& a) -> Result<AttributeSet> {
                  SetCommunity set;
                  const auto values = valuesIn<CommunityValue>(a, set.isAdditive, readCommunities);
                  if (!values) return std::unexpected(values.error());
                  set.values = CommunityValues(values->begin(), values->end());
                  return set;
              });
    lines.set("large-community", " AA:BB:CC...$values",
              "The large communities; with `additive` besides those there.", SetLargeCommunity{},
              [](const Arguments& a) -> Result<AttributeSet> {
                  SetLargeCommunity set;
                  auto values = valuesIn<LargeCommunityValue>(a, set.isAdditive, readLargeCommunities);
                  if (!values) return std::unexpected(values.error());
                  set.values = std::move(*values);
                  return set;
              });
    for (const bool isLarge : {false, true}) {
        lines.set(isLarge ? "large-comm-list" : "comm-list", " COMMUNITY_LIST_NAME$list delete",
                  "Takes away the communities that the list permits.", SetCommunityDeletion{"", isLarge},
                  [isLarge](const Arguments& a) -> Result<AttributeSet> {
                      return SetCommunityDeletion{listIn(a), isLarge};
                  });
    }
}

void addExtendedSets(Lines& lines) {
    for (const ExtendedKind kind : {ExtendedKind::RouteTarget, ExtendedKind::SiteOfOrigin}) {
        lines.set(kind == ExtendedKind::RouteTarget ? "extcommunity rt" : "extcommunity soo",
                  " ASN:NN_OR_IP-ADDRESS:NN...$values", "Adds extended communities.",
                  SetExtendedCommunity{kind, {}}, [kind](const Arguments& a) -> Result<AttributeSet> {
                      auto values = readExtendedCommunities(kind, a.text("values"));
                      if (!values) return failure(kMalformed);
                      return SetExtendedCommunity{kind, std::move(*values)};
                  });
    }
    lines.set(
        "extcommunity none", "", "No extended communities.", SetNoExtendedCommunity{},
        [](const Arguments&) -> Result<AttributeSet> { return SetNoExtendedCommunity{}; }, "");
    lines.set("extcommunity bandwidth", " <(1-25600)$value|cumulative|num-multipaths> [non-transitive]",
              "The bandwidth of the link, in Mbit/s.", SetLinkBandwidth{},
              [](const Arguments& a) -> Result<AttributeSet> {
                  using Source = SetLinkBandwidth::Source;
                  SetLinkBandwidth set;
                  set.source = a.has("cumulative")       ? Source::Cumulative
                               : a.has("num-multipaths") ? Source::Multipaths
                                                         : Source::Number;
                  set.megabitsPerSecond = static_cast<std::uint32_t>(a.number("value"));
                  set.isTransitive = !a.has("non-transitive");
                  return set;
              });
}

void addPathSets(Lines& lines) {
    lines.set("as-path prepend", " <last-as (1-10)$count|ASN...$numbers>",
              "Puts numbers in front of the path.", SetAsPathPrepend{},
              [](const Arguments& a) -> Result<AttributeSet> {
                  auto numbers = asNumbersIn(a);
                  if (!numbers) return std::unexpected(numbers.error());
                  return SetAsPathPrepend{std::move(*numbers), static_cast<std::uint8_t>(a.number("count"))};
              });
    lines.set("as-path exclude", " ASN...$numbers", "Takes numbers out of the path.", SetAsPathExclude{},
              [](const Arguments& a) -> Result<AttributeSet> {
                  auto numbers = asNumbersIn(a);
                  if (!numbers) return std::unexpected(numbers.error());
                  return SetAsPathExclude{std::move(*numbers)};
              });
    lines.set("as-path replace", " <any|ASN$number>", "The own number in the place of this one, or of all.",
              SetAsPathReplace{}, [](const Arguments& a) -> Result<AttributeSet> {
                  if (a.has("any")) return SetAsPathReplace{};
                  const auto number = Asn::parse(a.text("number"));
                  if (!number) return std::unexpected(number.error());
                  return SetAsPathReplace{number->value()};
              });
    lines.set("aggregator as", " ASN$number A.B.C.D$address", "Who aggregated the route.", SetAggregator{},
              [](const Arguments& a) -> Result<AttributeSet> {
                  const auto number = Asn::parse(a.text("number"));
                  if (!number) return std::unexpected(number.error());
                  return SetAggregator{number->value(), a.address("address")};
              });
}

void addPlainSets(Lines& lines) {
    lines.set("local-preference", " WORD$value",
              "The local preference: a number, or +N or -N to change the one that is there.",
              SetLocalPreference{}, readLocalPreference);
    lines.set("weight", " (0-4294967295)$value", "The weight.", SetWeight{},
              [](const Arguments& a) -> Result<AttributeSet> {
                  return SetWeight{static_cast<std::uint32_t>(a.number("value"))};
              });
    lines.set("origin", " <egp|igp|incomplete>", "The origin.", SetOrigin{},
              [](const Arguments& a) -> Result<AttributeSet> { return SetOrigin{originIn(a)}; });
    lines.set(
        "atomic-aggregate", "", "Says that the path lost parts in an aggregation.", SetAtomicAggregate{},
        [](const Arguments&) -> Result<AttributeSet> { return SetAtomicAggregate{}; }, "");
    lines.set(
        "originator-id", " A.B.C.D$address", "The originator for route reflection.", SetOriginatorId{},
        [](const Arguments& a) -> Result<AttributeSet> { return SetOriginatorId{a.address("address")}; });
    lines.set("aigp-metric", " <igp-metric|(1-4294967295)$value>", "The accumulated IGP metric.", SetAigp{},
              [](const Arguments& a) -> Result<AttributeSet> {
                  if (a.has("igp-metric")) return SetAigp{};
                  return SetAigp{static_cast<std::uint32_t>(a.number("value"))};
              });
    using Rule = SetNextHopRule::Rule;
    constexpr std::pair<const char*, SetNextHopRule> kRules[] = {
        {"ip next-hop peer-address", {Family::IPv4, Rule::PeerAddress}},
        {"ip next-hop unchanged", {Family::IPv4, Rule::Unchanged}},
        {"ipv6 next-hop peer-address", {Family::IPv6, Rule::PeerAddress}},
        {"ipv6 next-hop prefer-global", {Family::IPv6, Rule::PreferGlobal}},
    };
    for (const auto& [words, rule] : kRules) {
        lines.set(
            words, "", "Which next hop is said.", rule,
            [chosen = rule](const Arguments&) -> Result<AttributeSet> { return chosen; }, "");
    }
}

struct OtherLine {
    const char* keyword;
    const char* value;  ///< the pattern behind the keyword
};
constexpr OtherLine kOtherMatches[] = {
    {"probability", "(0-100)"},
    {"metric-type", "<internal|external>"},
    {"source-instance", "(0-255)"},
    {"source-vrf", "WORD"},
    {"alias", "WORD"},
};
constexpr OtherLine kOtherSets[] = {
    {"metric-type", "<type-1|type-2>"}, {"src", "<A.B.C.D|X:X::X:X>"},      {"table", "(1-4294967295)"},
    {"label-index", "(0-1048560)"},     {"forwarding-address", "X:X::X:X"},
};

/// The words of the line that stand behind the keyword, put together from the arguments in their order.
std::string valueOf(const Arguments& arguments) {
    std::string value;
    for (const auto& [name, text] : arguments.all())
        value += (value.empty() ? "" : " ") + text;
    return value;
}

template <typename Clause, typename Other>
ConfigCommand otherCommand(std::string verb, const OtherLine& line) {
    const std::string keyword = line.keyword;
    // In brackets even a fixed word becomes an argument, so that all of the value is kept.
    return clauseCommand<Clause>(
        fmt::format("{} {} <{}>", verb, keyword, line.value), "Kept, without effect.", Other{keyword, ""},
        [verb, keyword](ConfigSession& session, const Arguments& a) -> Result<Clause> {
            session.warn(
                fmt::format("'{} {}' concerns attributes that no protocol modelled here has", verb, keyword));
            return Other{keyword, valueOf(a)};
        },
        verb + " " + keyword + " [LINE...]");
}

}  // namespace

void addAttributeMatches(std::vector<ConfigCommand>& commands) {
    Lines lines(commands);
    addListMatches(lines);
    lines.match("local-preference", " (0-4294967295)$value", "Routes of this local preference.",
                MatchLocalPreference{}, [](const Arguments& a) -> Result<AttributeMatch> {
                    return MatchLocalPreference{static_cast<std::uint32_t>(a.number("value"))};
                });
    lines.match("origin", " <egp|igp|incomplete>", "Routes of this origin.", MatchOrigin{},
                [](const Arguments& a) -> Result<AttributeMatch> { return MatchOrigin{originIn(a)}; });
    lines.match("peer", " <A.B.C.D$address|X:X::X:X$address|local|WORD$name>",
                "Routes from or to this neighbour.", MatchPeer{},
                [](const Arguments& a) -> Result<AttributeMatch> { return peerIn(a); });
    // FRR 8.4.4 prints the first line as the second.
    for (const char* words : {"rpki", "rpki-extcommunity"})
        lines.match(words, " <valid|invalid|notfound>", "Routes whose origin is so (RFC 6811).", MatchRpki{},
                    readRpki);
    for (const OtherLine& line : kOtherMatches)
        commands.push_back(otherCommand<MatchClause, MatchOther>("match", line));
}

void addAttributeSets(std::vector<ConfigCommand>& commands) {
    Lines lines(commands);
    addPathSets(lines);
    addCommunitySets(lines);
    addExtendedSets(lines);
    addPlainSets(lines);
    for (const OtherLine& line : kOtherSets)
        commands.push_back(otherCommand<SetClause, SetOther>("set", line));
}

}  // namespace peerscape::policy
