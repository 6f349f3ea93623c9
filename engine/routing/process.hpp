#pragma once

#include <memory>
#include <string_view>

#include "engine/base/ids.hpp"
#include "engine/base/random.hpp"
#include "engine/base/time.hpp"
#include "engine/routing/env.hpp"
#include "engine/routing/input.hpp"
#include "engine/routing/outbox.hpp"

namespace peerscape {

class Rib;

/// A protocol running on one router: a plain, deterministic value. Inputs in, effects out; no clock, socket,
/// thread, global or engine call inside. The concrete class adds the tables that `show` commands and panels
/// read.
class Process {
  public:
    virtual ~Process() = default;

    /// Handles one input; puts what should happen into the outbox, in order.
    virtual void handle(const Env& env, const Input& input, Outbox& out) = 0;

    /// When it wants Woken; SimTime::never() when nothing is due. Asked after every handle().
    virtual SimTime nextDeadline() const = 0;

    /// A checkpoint: equal in every respect, sharing only what never changes.
    virtual std::unique_ptr<Process> clone() const = 0;

    /// Whether it expects no change of its tables by itself, given that nothing in the network was touched
    /// after `since` and that it is now `now`: no timer that would change a table runs, and what it learned
    /// from neighbours was confirmed after `since`. A process that has not yet spoken to its neighbours since
    /// then is not settled.
    virtual bool settled(SimTime now, SimTime since) const = 0;

    /// A number that changes whenever any of its state changes that could influence what it does later.
    virtual std::uint64_t stateHash() const = 0;

    /// The message, which came on the stream, is to be handled soon: asks memory for what that will read.
    /// Called for the steps 0, 1 … kPrefetchSteps - 1, with time between them, so that each can follow the
    /// pointers that the one before has asked for. `rib`: of its router. `before`: the message that the
    /// router handles just before this one; null: none. Changes nothing.
    virtual void prefetchFor(const Rib& rib, StreamId stream, const Message& message, const Message* before,
                             int step) const;
    static constexpr int kPrefetchSteps = 6;
    /// Asks memory for the process itself, of which a packet or a deadline comes soon. Changes nothing.
    virtual void prefetch() const {}
};

inline void Process::prefetchFor(const Rib&, StreamId, const Message&, const Message*, int) const {}

class SharedPolicy;

/// The configuration of one protocol on one router: a value, shared once it is in use.
class ProcessConfig {
  public:
    virtual ~ProcessConfig() = default;

    virtual ProtocolId protocol() const = 0;
    /// Whether there is anything to run (`router rip` present, a static route present …).
    virtual bool isEnabled() const = 0;
    /// A copy that can be edited before it is shared.
    virtual std::unique_ptr<ProcessConfig> clone() const = 0;
    /// A process with the given configuration, which is this object. `random` is its own stream.
    virtual std::unique_ptr<Process> start(std::shared_ptr<const ProcessConfig> self,
                                           RandomStream random) const = 0;

    /// The same configuration together with the router's route-maps and lists, for a protocol that consults
    /// them. Whoever assembles a router's configuration calls it for every process; null means "does not use
    /// policy".
    virtual std::shared_ptr<const ProcessConfig> withPolicy(std::shared_ptr<const SharedPolicy>) const {
        return nullptr;
    }
};

}  // namespace peerscape
