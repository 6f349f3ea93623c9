// A router that takes time: UPDATEs wait in one queue and are processed one by one. The Adj-RIB-In is written
// when a message's turn has come, so that routes which are long withdrawn go on being chosen and told: what
// makes short advertisement intervals dear (Griffin and Premore 2001).
#include <utility>
#include <variant>

#include "protocols/bgp/process.hpp"

namespace peerscape::bgp {

/// What a neighbour says of its routes counts now or, with a processing time, when its turn has come. That
/// the neighbour is alive counts at once.
template <typename Message>
void BgpProcess::takeIn(Step& step, Peer& peer, const Message& message) {
    if (!config().processingTime && queue_.isEmpty()) return process(step, peer, message);
    queue_.add({peer.id, step.env.cause, message});
    if (processedAt_.isNever()) beginNext(step.env.now);
}
template void BgpProcess::takeIn(Step& step, Peer& peer, const UpdateMessage& message);
template void BgpProcess::takeIn(Step& step, Peer& peer, const RouteRefreshMessage& message);

void BgpProcess::process(Step& step, Peer& peer, const UpdateMessage& update) { learn(step, peer, update); }

void BgpProcess::process(Step& step, Peer& peer, const RouteRefreshMessage& refresh) {
    answerRefresh(step, peer, refresh);
}

/// The first of the queue begins to be processed.
void BgpProcess::beginNext(SimTime now) {
    processedAt_ = SimTime::never();
    if (queue_.isEmpty()) return;
    const ProcessingTime time = config().processingTime.value_or(ProcessingTime{});
    processedAt_ = now + random_.between(time.least, time.most);
}

/// Several at once only when the time has been taken away from the configuration.
void BgpProcess::processDue(Step& step) {
    while (processedAt_ <= step.env.now) {
        const QueuedMessage message = queue_.pop();
        beginNext(step.env.now);
        Env env = step.env;
        env.cause = message.cause;
        Step because{env, step.out, step.input};
        std::visit([&](const auto& what) { process(because, peers_.at(message.peer), what); },
                   message.message);
    }
}

void BgpProcess::forgetQueued(const Peer& peer) {
    queue_.forget(peer.id);
    if (queue_.isEmpty()) processedAt_ = SimTime::never();
}

}  // namespace peerscape::bgp
