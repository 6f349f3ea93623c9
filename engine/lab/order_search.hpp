#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/record/record_log.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape {

/// A message is handed to the process it is for.
struct Delivery {
    NodeId from;
    NodeId to;
    friend bool operator==(const Delivery&, const Delivery&) = default;
};

struct OrderSearchOptions {
    std::uint64_t seed = 1;              ///< of the random orders
    std::uint64_t walks = 1'000;         ///< so many random orders are tried
    std::uint64_t mostSteps = 2'000;     ///< a random order of more deliveries than these counts as endless
    std::uint64_t mostStates = 200'000;  ///< the search ends when it has seen so many
    std::size_t mostQueued = 4;          ///< of one direction; orders in which more would wait are left out
};

/// A state in which nothing is under way any more.
struct OrderOutcome {
    std::vector<std::string> tables;  ///< as the caller describes them, by speaker
    std::vector<Delivery> shortest;   ///< an order that leads there; there is no shorter one
    std::uint64_t walks = 0;          ///< random orders that ended there
};

struct OrderSearchResult {
    std::vector<NodeId> speakers;
    std::vector<OrderOutcome> outcomes;  ///< those with a short way to them first
    std::uint64_t states = 0;
    bool isComplete = true;     ///< not ended by `mostStates`
    std::uint64_t omitted = 0;  ///< deliveries not tried, since too many messages would have waited
    std::uint64_t walks = 0;
    std::uint64_t endlessWalks = 0;
    /// An order that never ends although no message waits for ever: first come, first served. After `before`,
    /// these deliveries come again and again. Empty: that order ends.
    std::vector<Delivery> before;
    std::vector<Delivery> endless;
};

/// Tries every order in which messages of a protocol that speaks over streams can arrive: TCP keeps those of
/// one direction of a connection in their order, and nothing else is certain.
///
/// The processes are those of `world`, at one moment: copies of them handle the messages that `log` has as
/// sent at this very moment, and the answers to them. Time stands still, so deadlines do not come; addresses,
/// interfaces and the routes by which next hops are reached stay what they are. States are compared by
/// Recurrent::recurrentHash and the messages that wait; the search is by breadth, so the first way to a state
/// is a shortest one. A message that neither changes its receiver nor makes it say anything is taken out at
/// once, whenever it is at its connection's head: only messages of the same connection could change that.
///
/// `describe` says what a speaker's tables hold; outcomes of the same descriptions are one. Fails where a
/// process cannot tell whether it is where it was, or ends a connection.
Result<OrderSearchResult> searchOrders(const Simulation& world, const RecordLog& log,
                                       const std::function<std::string(const Process&)>& describe,
                                       const OrderSearchOptions& options);

}  // namespace peerscape
