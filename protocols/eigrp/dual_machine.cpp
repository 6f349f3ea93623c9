#include "protocols/eigrp/dual_machine.hpp"

#include "engine/base/check.hpp"

namespace peerscape::eigrp::dual {

namespace {

std::optional<State> afterPassive(InputEvent event) {
    switch (event) {
        case InputEvent::IE1:
        case InputEvent::IE2:
            return State::Passive;
        case InputEvent::IE3:
            return State::Active3;
        case InputEvent::IE4:
            return State::Active1;
        default:
            return std::nullopt;
    }
}

std::optional<State> afterActive0(InputEvent event) {
    switch (event) {
        case InputEvent::IE5:
            return State::Active2;
        case InputEvent::IE11:
            return State::Active1;
        case InputEvent::IE14:
            return State::Passive;
        default:
            return std::nullopt;
    }
}

std::optional<State> afterActive1(InputEvent event) {
    switch (event) {
        case InputEvent::IE5:
            return State::Active2;
        case InputEvent::IE9:
            return State::Active0;
        case InputEvent::IE15:
            return State::Passive;
        default:
            return std::nullopt;
    }
}

std::optional<State> afterActive2(InputEvent event) {
    switch (event) {
        case InputEvent::IE12:
            return State::Active3;
        case InputEvent::IE16:
            return State::Passive;
        default:
            return std::nullopt;
    }
}

std::optional<State> afterActive3(InputEvent event) {
    switch (event) {
        case InputEvent::IE10:
            return State::Active2;
        case InputEvent::IE13:
            return State::Passive;
        default:
            return std::nullopt;
    }
}

/// Events that leave every active state as it is.
bool keepsActive(InputEvent event) {
    return event == InputEvent::IE6 || event == InputEvent::IE7 || event == InputEvent::IE8;
}

}  // namespace

std::optional<State> stateAfter(State state, InputEvent event) {
    if (state != State::Passive && keepsActive(event)) return state;
    switch (state) {
        case State::Passive:
            return afterPassive(event);
        case State::Active0:
            return afterActive0(event);
        case State::Active1:
            return afterActive1(event);
        case State::Active2:
            return afterActive2(event);
        case State::Active3:
            return afterActive3(event);
    }
    PEERSCAPE_CHECK(false);
}

std::string_view name(State state) {
    constexpr std::array<std::string_view, kStates.size()> kNames{"Passive", "Active 0", "Active 1",
                                                                  "Active 2", "Active 3"};
    return kNames[static_cast<std::size_t>(state)];
}

std::string_view name(Message message) {
    constexpr std::array<std::string_view, 5> kNames{"update", "query", "reply", "sia-query", "sia-reply"};
    return kNames[static_cast<std::size_t>(message)];
}

}  // namespace peerscape::eigrp::dual
