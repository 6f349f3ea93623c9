#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/routing/config_session.hpp"
#include "protocols/bgp/commands.hpp"
#include "protocols/bgp/config.hpp"
#include "protocols/bgp/wire.hpp"

// Pieces of configCommands(); used inside this folder only.
namespace peerscape::bgp {

BgpConfig& configIn(ConfigSession& session);

/// What a `neighbor NAME …` line is about.
struct NeighborLine {
    BgpConfig& config;
    NeighborConfig& neighbor;
    bool isGroup = false;
    Family family = Family::IPv4;  ///< of lines about one family
    ConfigSession& session;
    const Arguments& arguments;

    NeighborSettings& settings() const { return neighbor.settings; }
    NeighborFamilySettings& familySettings() const { return neighbor.families[family].edit(); }
    bool isMember() const { return !neighbor.group.empty(); }
    /// With what the group says.
    NeighborConfig effective() const { return config.effective(neighbor); }
    std::string_view name() const { return arguments.text("peer"); }
};

/// Collects the commands.
class CommandList {
  public:
    using Change = std::function<Result<void>(BgpConfig&, ConfigSession&, const Arguments&)>;
    using FamilyChange = std::function<Result<void>(FamilyConfig&, ConfigSession&, const Arguments&)>;
    using NeighborChange = std::function<Result<void>(const NeighborLine&)>;

    /// A command; `undo` is its `no` form (empty: there is none), of the pattern `undoPattern` when that is
    /// not empty.
    ConfigCommand& add(std::string_view mode, std::string pattern, std::string help, Change apply,
                       Change undo, std::string undoPattern = "");
    ConfigCommand& addToRouter(std::string pattern, std::string help, Change apply, Change undo,
                               std::string undoPattern = "") {
        return add(kRouterMode, std::move(pattern), std::move(help), std::move(apply), std::move(undo),
                   std::move(undoPattern));
    }
    /// A switch: on by the line, off by its `no`.
    void addFlag(std::string pattern, std::string help, bool BgpConfig::* flag);
    /// `words (least-most)`; its `no` form gives the default back and may leave the value out.
    template <typename T>
    void addNumber(const std::string& words, const std::string& range, std::string help,
                   T BgpConfig::* place) {
        addToRouter(
            words + " " + range + "$value", std::move(help),
            [place](BgpConfig& c, auto&, const Arguments& a) {
                return set(c.*place, static_cast<T>(a.number("value")));
            },
            [place](BgpConfig& c, auto&, auto&) { return set(c.*place, BgpConfig().*place); },
            words + " [" + range + "$value]");
    }

    /// A line about one family: in its block, and for IPv4 in `router bgp` as well. In patterns, @PREFIX,
    /// @NETWORK, @SUMMARY and @SOURCES (what may be redistributed) become the family's.
    void addToFamilies(const std::string& pattern, const std::string& help, const FamilyChange& apply,
                       const FamilyChange& undo, const std::string& undoPattern = "");

    /// `neighbor NAME words`, outside the families.
    void addNeighbor(const std::string& words, std::string help, NeighborChange apply, NeighborChange undo,
                     const std::string& undoWords = "");
    void addNeighborFlag(const std::string& words, std::string help,
                         std::optional<bool> NeighborSettings::* flag);
    /// `neighbor NAME words` of a family, in the same places as addToFamilies.
    void addNeighborFamily(const std::string& words, const std::string& help, const NeighborChange& apply,
                           const NeighborChange& undo, const std::string& undoWords = "");
    void addNeighborFamilyFlag(const std::string& words, const std::string& help,
                               std::optional<bool> NeighborFamilySettings::* flag);

    std::vector<ConfigCommand> take() { return std::move(commands_); }

    template <typename T, typename U>
    static Result<void> set(T& place, U&& value) {
        place = std::forward<U>(value);
        return {};
    }

  private:
    std::vector<ConfigCommand> commands_;
};

/// How lines name a neighbour, an interface or a group.
inline constexpr const char* kPeerPattern = "<A.B.C.D|X:X::X:X|WORD>$peer";

/// The number in an argument, in any notation.
Result<Asn> asNumberIn(const Arguments& arguments, std::string_view name);

/// What the speaker and its peer are to each other; nothing while no number is known.
std::optional<PeerKind> peerKind(const BgpConfig& config, const NeighborConfig& neighbor);

/// In the files of that name.
void addRouter(CommandList& list);                  // commands.cpp
void addOptions(CommandList& list);                 // option_commands.cpp
void addBestPath(CommandList& list);                // option_commands.cpp
void addGracefulRestart(CommandList& list);         // restart_commands.cpp
void addNeighbors(CommandList& list);               // neighbor_commands.cpp
void addSessions(CommandList& list);                // session_commands.cpp
void addFamilies(CommandList& list);                // family_commands.cpp
void addNeighborFamilySettings(CommandList& list);  // neighbor_family_commands.cpp
void addNeighborFilters(CommandList& list);         // neighbor_filter_commands.cpp

}  // namespace peerscape::bgp
