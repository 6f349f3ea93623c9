#include "engine/lab/order_search.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "engine/base/random.hpp"
#include "engine/lab/stream_network.hpp"

namespace peerscape {

namespace {

/// All processes and all that waits: a place of the search. Queues hold the numbers of messages, the oldest
/// first.
struct Place {
    std::vector<StreamNetwork::ProcessState> processes;
    std::vector<std::vector<StreamNetwork::MessageId>> queues;  ///< by channel
    friend auto operator<=>(const Place&, const Place&) = default;

    bool isAtRest() const {
        return std::ranges::all_of(queues, [](const auto& queue) { return queue.empty(); });
    }
    std::size_t longestQueue() const {
        std::size_t longest = 0;
        for (const auto& queue : queues)
            longest = std::max(longest, queue.size());
        return longest;
    }
};

class Search {
  public:
    using DescribeProcess = std::function<std::string(const Process&)>;

    Search(StreamNetwork network, const DescribeProcess& describe, const OrderSearchOptions& options)
        : network_(std::move(network)), describe_(describe), options_(options) {}

    Result<OrderSearchResult> run(const RecordLog& log) {
        for (const StreamNetwork::Speaker& speaker : network_.speakers())
            result_.speakers.push_back(speaker.node);
        Place first{network_.initial(), {}};
        first.queues.resize(network_.channels().size());
        const std::vector<StreamNetwork::Sent> sent = network_.underWay(log);
        for (const StreamNetwork::Sent& one : sent)
            first.queues[one.channel].push_back(one.message);
        if (auto done = explore(first); !done) return std::unexpected(done.error());
        if (auto done = walkAtRandom(first); !done) return std::unexpected(done.error());
        if (auto done = serveInOrder(first, sent); !done) return std::unexpected(done.error());
        return std::move(result_);
    }

  private:
    /// How a place was first reached.
    struct Arrival {
        std::size_t before = 0;
        std::size_t channel = 0;
    };

    Delivery deliveryOn(std::size_t channel) const {
        const StreamNetwork::Channel& c = network_.channels()[channel];
        return {network_.speakers()[c.from].node, network_.speakers()[c.to].node};
    }

    /// The oldest message of the channel is handled. `sent` hears what that made the receiver say.
    Result<void> deliver(Place& place, std::size_t channel,
                         std::vector<StreamNetwork::Sent>* sent = nullptr) {
        auto& queue = place.queues[channel];
        auto& process = place.processes[network_.channels()[channel].to];
        const auto reaction = network_.deliver(channel, process, queue.front());
        if (!reaction) return std::unexpected(reaction.error());
        queue.erase(queue.begin());
        process = (*reaction)->after;
        for (const StreamNetwork::Sent& one : (*reaction)->sent)
            place.queues[one.channel].push_back(one.message);
        if (sent != nullptr) *sent = (*reaction)->sent;
        return {};
    }

    /// Takes out what has no effect. Taking one out changes no process, so each channel is looked at once.
    Result<void> skipIdle(Place& place) {
        for (std::size_t channel = 0; channel < place.queues.size(); ++channel) {
            auto& queue = place.queues[channel];
            const auto process = place.processes[network_.channels()[channel].to];
            while (!queue.empty()) {
                const auto reaction = network_.deliver(channel, process, queue.front());
                if (!reaction) return std::unexpected(reaction.error());
                if ((*reaction)->after != process || !(*reaction)->sent.empty()) break;
                queue.erase(queue.begin());
            }
        }
        return {};
    }

    OrderOutcome& outcomeOf(const Place& place) {
        std::vector<std::string> tables;
        for (std::size_t s = 0; s < place.processes.size(); ++s)
            tables.push_back(describe_(network_.process(s, place.processes[s])));
        const auto known = std::ranges::find(result_.outcomes, tables, &OrderOutcome::tables);
        if (known != result_.outcomes.end()) return *known;
        return result_.outcomes.emplace_back(OrderOutcome{std::move(tables), {}, 0});
    }

    std::vector<Delivery> wayTo(std::size_t number) const {
        std::vector<Delivery> way;
        for (; number != 0; number = arrivals_[number].before)
            way.push_back(deliveryOn(arrivals_[number].channel));
        std::ranges::reverse(way);
        return way;
    }

    /// A place is told of the first time it is reached.
    void reach(Place place, Arrival arrival) {
        const auto [at, isNew] = numbers_.emplace(std::move(place), arrivals_.size());
        if (!isNew) return;
        arrivals_.push_back(arrival);
        places_.push_back(&at->first);
        if (!at->first.isAtRest()) return;
        const std::size_t known = result_.outcomes.size();
        OrderOutcome& outcome = outcomeOf(at->first);
        if (result_.outcomes.size() > known) outcome.shortest = wayTo(at->second);
    }

    Result<void> explore(Place first) {
        if (auto done = skipIdle(first); !done) return done;
        reach(std::move(first), {});
        for (std::size_t next = 0; next < places_.size(); ++next) {
            for (std::size_t channel = 0; channel < network_.channels().size(); ++channel) {
                if (places_[next]->queues[channel].empty()) continue;
                if (places_.size() >= options_.mostStates) {
                    result_.isComplete = false;
                    result_.states = places_.size();
                    return {};
                }
                Place place = *places_[next];
                if (auto done = deliver(place, channel); !done) return done;
                if (auto done = skipIdle(place); !done) return done;
                if (place.longestQueue() > std::max(options_.mostQueued, places_[0]->longestQueue())) {
                    ++result_.omitted;
                    continue;
                }
                reach(std::move(place), {next, channel});
            }
        }
        result_.states = places_.size();
        return {};
    }

    Result<void> walkAtRandom(const Place& first) {
        RandomStream random(options_.seed, "orders", "walk");
        for (std::uint64_t walk = 0; walk < options_.walks; ++walk) {
            Place place = first;
            for (std::uint64_t step = 0; step < options_.mostSteps && !place.isAtRest(); ++step) {
                std::vector<std::size_t> waiting;
                for (std::size_t channel = 0; channel < place.queues.size(); ++channel) {
                    if (!place.queues[channel].empty()) waiting.push_back(channel);
                }
                if (auto done = deliver(place, waiting[random.below(waiting.size())]); !done) return done;
            }
            ++result_.walks;
            if (place.isAtRest()) {
                ++outcomeOf(place).walks;
            } else {
                ++result_.endlessWalks;
            }
        }
        return {};
    }

    /// First come, first served, until everything has been like this before.
    Result<void> serveInOrder(Place place, const std::vector<StreamNetwork::Sent>& sent) {
        std::deque<std::size_t> line;  // channels, each as often as messages wait in it
        for (const StreamNetwork::Sent& one : sent)
            line.push_back(one.channel);
        std::map<std::pair<Place, std::deque<std::size_t>>, std::size_t> seen;
        std::vector<Delivery> way;
        while (!line.empty() && way.size() < options_.mostSteps) {
            const auto [at, isNew] = seen.emplace(std::pair(place, line), way.size());
            if (!isNew) {
                const auto turn = way.begin() + static_cast<std::ptrdiff_t>(at->second);
                result_.before.assign(way.begin(), turn);
                result_.endless.assign(turn, way.end());
                return {};
            }
            const std::size_t channel = line.front();
            line.pop_front();
            std::vector<StreamNetwork::Sent> answers;
            if (auto done = deliver(place, channel, &answers); !done) return done;
            way.push_back(deliveryOn(channel));
            for (const StreamNetwork::Sent& one : answers)
                line.push_back(one.channel);
        }
        return {};
    }

    StreamNetwork network_;
    const DescribeProcess& describe_;
    const OrderSearchOptions& options_;
    OrderSearchResult result_;
    std::map<Place, std::size_t> numbers_;
    std::vector<const Place*> places_;  ///< by number; in numbers_
    std::vector<Arrival> arrivals_;     ///< by number
};

}  // namespace

Result<OrderSearchResult> searchOrders(const Simulation& world, const RecordLog& log,
                                       const std::function<std::string(const Process&)>& describe,
                                       const OrderSearchOptions& options) {
    auto network = StreamNetwork::from(world);
    if (!network) return std::unexpected(network.error());
    return Search(std::move(*network), describe, options).run(log);
}

}  // namespace peerscape
