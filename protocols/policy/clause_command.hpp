#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "protocols/policy/command_parts.hpp"

// Used inside this folder only.
namespace peerscape::policy {

/// Puts the clause in the place of the one of its kind, or at the end.
template <typename Clause>
void put(std::vector<Clause>& clauses, Clause clause) {
    const auto same = std::ranges::find_if(clauses, [&](const Clause& c) { return isSameKind(c, clause); });
    if (same == clauses.end()) {
        clauses.push_back(std::move(clause));
    } else {
        *same = std::move(clause);
    }
}

inline std::vector<MatchClause>& clausesOf(RouteMapEntry& entry, const MatchClause&) { return entry.matches; }
inline std::vector<SetClause>& clausesOf(RouteMapEntry& entry, const SetClause&) { return entry.sets; }

/// A line that makes one clause. `sample` is any clause of the kind: `no` removes the one of its kind.
template <typename Clause>
ConfigCommand clauseCommand(std::string pattern, std::string help, Clause sample,
                            std::function<Result<Clause>(ConfigSession&, const Arguments&)> read,
                            std::string undoPattern) {
    ConfigCommand command;
    command.mode = "route-map";
    command.pattern = std::move(pattern);
    command.help = std::move(help);
    command.apply = [read = std::move(read)](ConfigSession& session, const Arguments& a) -> Result<void> {
        auto clause = read(session, a);
        if (!clause) return std::unexpected(clause.error());
        put(clausesOf(entryIn(session), *clause), std::move(*clause));
        return {};
    };
    command.undo = [sample = std::move(sample)](ConfigSession& session, const Arguments&) -> Result<void> {
        auto& clauses = clausesOf(entryIn(session), sample);
        if (std::erase_if(clauses, [&](const Clause& c) { return isSameKind(c, sample); }) == 0) {
            return failure("there is no such line in the route-map entry");
        }
        return {};
    };
    command.undoPattern = std::move(undoPattern);
    return command;
}

/// The lines on BGP's attributes, and those that are only kept; in attribute_clause_commands.cpp.
void addAttributeMatches(std::vector<ConfigCommand>& commands);
void addAttributeSets(std::vector<ConfigCommand>& commands);

}  // namespace peerscape::policy
