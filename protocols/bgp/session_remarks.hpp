#pragma once

#include <memory>
#include <string>
#include <utility>

#include "engine/base/ip_address.hpp"
#include "engine/routing/remark.hpp"
#include "protocols/bgp/session_effects.hpp"
#include "protocols/bgp/session_input.hpp"

/// What sessions note, as facts that become sentences when somebody reads them.
namespace peerscape::bgp {

/// A session changes its state, or one of its connections ends.
class SessionRemark final : public Remark {
  public:
    struct Facts {
        IpAddress peer;
        State from = State::Idle;
        State to = State::Idle;
        Event event = Event::None;
        std::shared_ptr<const SessionEnd> end;  ///< null: nothing has ended
    };
    explicit SessionRemark(Facts facts) : facts_(std::move(facts)) {}

    std::string text() const override;
    void addTo(StableHash& hash) const override;
    const Facts& facts() const { return facts_; }

  private:
    Facts facts_;
};

}  // namespace peerscape::bgp
