#include "protocols/eigrp/dual_machine.hpp"

#include <map>

#include <gtest/gtest.h>

#include "tests/protocols/eigrp/dual_router.hpp"

/// The machine of RFC 7868, 3.5, as two tables: which state follows which event, and what is done.
namespace peerscape::eigrp::dual {
namespace {

/// Figure 1: a line per state, a column per event; "." where the event cannot happen in the state.
constexpr std::array<std::string_view, kStates.size()> kFigure1{
    // 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
    "P P 3 1 . . . . . . . . . . . .",  // Passive
    ". . . . 2 0 0 0 . . 1 . . P . .",  // Active 0
    ". . . . 2 1 1 1 0 . . . . . P .",  // Active 1
    ". . . . . 2 2 2 . . . 3 . . . P",  // Active 2
    ". . . . . 3 3 3 . 2 . . P . . .",  // Active 3
};
char cell(State state, int event) {
    return kFigure1[static_cast<std::size_t>(state)][static_cast<std::size_t>(event - 1) * 2];
}

TEST(DualMachine, FollowsFigure1ForEveryStateAndEvent) {
    for (const State state : kStates) {
        for (int event = 1; event <= kInputEvents; ++event) {
            const auto after = stateAfter(state, static_cast<InputEvent>(event));
            const std::string found = after ? EffectText::shortName(*after) : ".";
            EXPECT_EQ(found, std::string(1, cell(state, event))) << name(state) << ", IE" << event;
        }
    }
}

/// How the router comes into a state. Neighbour 1 is the successor with RD 10 and CD 20, neighbour 2 has a
/// path that is not feasible (RD 25, CD 35), neighbour 3 has none.
std::string wayTo(State state) {
    const std::string start = "update 1 10 20; update 2 25 35; ";
    switch (state) {
        case State::Passive:
            return start;
        case State::Active1:
            return start + "update 1 30 40; ";
        case State::Active0:
            return start + "update 1 30 40; update 1 50 60; ";
        case State::Active3:
            return start + "query 1 30 40; ";
        case State::Active2:
            return start + "query 1 30 40; update 1 50 60; ";
    }
    return {};
}

struct Row {
    State state;
    int event;
    std::string inputs;   ///< the last one is the event
    std::string effects;  ///< of the last one
    std::string then;     ///< the entry afterwards
};

const std::vector<Row>& rows() {
    using enum State;
    static const std::vector<Row> all{
        // (1) A query of another one: noted, answered, nothing else.
        {Passive, 1, "query 2 26 36", "IE1 P>P; reply 2 20", "Passive FD 20 told 20 by 1"},
        {Passive, 1, "query 3 inf inf", "IE1 P>P; reply 3 20", "Passive FD 20 told 20 by 1"},
        // (2) Any change that leaves a feasible path the least: chosen and told, poison reverse included.
        {Passive, 2, "update 2 27 37", "IE2 P>P", "Passive FD 20 told 20 by 1"},
        {Passive, 2, "update 1 8 18", "IE2 P>P; route; update 2 18; update 3 18",
         "Passive FD 18 told 18 by 1"},
        {Passive, 2, "cost 1 22", "IE2 P>P; route; update 2 22; update 3 22", "Passive FD 20 told 22 by 1"},
        {Passive, 2, "update 3 5 15", "IE2 P>P; route; update 1 15; update 2 15; update 3 inf",
         "Passive FD 15 told 15 by 3"},
        {Passive, 2, "query 1 12 22", "IE2 P>P; route; reply 1 inf; update 2 22; update 3 22",
         "Passive FD 20 told 22 by 1"},
        // (3) The successor asks, and no path of least distance is feasible: all others are asked.
        {Passive, 3, "query 1 30 40", "IE3 P>3; route; query 2 40; query 3 40; start",
         "Active 3 FD 40 told 40 by 1"},
        {Passive, 3, "query 1 inf inf", "IE3 P>3; route; query 2 inf; query 3 inf; start",
         "Active 3 FD inf told inf by"},
        // (4) Otherwise all are asked, the successor too.
        {Passive, 4, "update 1 30 40", "IE4 P>1; route; query 1 inf; query 2 40; query 3 40; start",
         "Active 1 FD 40 told 40 by 1"},
        {Passive, 4, "cost 1 50", "IE4 P>1; route; query 1 inf; query 2 50; query 3 50; start",
         "Active 1 FD 50 told 50 by 1"},
        {Passive, 4, "lose 1", "IE4 P>1; route; query 2 inf; query 3 inf; start",
         "Active 1 FD inf told inf by"},
        {Passive, 4, "cost 1 30; query 3 21 29",
         "IE4 P>1; route; query 1 inf; query 2 30; query 3 30; start; reply 3 30",
         "Active 1 FD 30 told 30 by 1"},
        // (5) The successor asks while we do: it is answered in the end.
        {Active0, 5, "query 1 50 60", "IE5 0>2", "Active 2 FD 40 told 40 by 1"},
        {Active1, 5, "query 1 50 60", "IE5 1>2", "Active 2 FD 40 told 40 by 1"},
        // (6) Others that ask are told the frozen distance at once.
        {Active0, 6, "query 3 70 80", "IE6 0>0; reply 3 40", "Active 0 FD 40 told 40 by 1"},
        {Active1, 6, "query 3 70 80", "IE6 1>1; reply 3 40", "Active 1 FD 40 told 40 by 1"},
        {Active2, 6, "query 3 70 80", "IE6 2>2; reply 3 40", "Active 2 FD 40 told 40 by 1"},
        {Active3, 6, "query 3 70 80", "IE6 3>3; reply 3 40", "Active 3 FD 40 told 40 by 1"},
        // (7) Other changes are only noted: neither query nor update is sent while active.
        {Active0, 7, "update 3 1 2", "IE7 0>0", "Active 0 FD 40 told 40 by 1"},
        {Active1, 7, "update 3 1 2", "IE7 1>1", "Active 1 FD 40 told 40 by 1"},
        {Active1, 7, "update 1 5 15", "IE7 1>1", "Active 1 FD 40 told 40 by 1"},
        {Active2, 7, "update 3 1 2", "IE7 2>2", "Active 2 FD 40 told 40 by 1"},
        {Active3, 7, "cost 2 99", "IE7 3>3", "Active 3 FD 40 told 40 by 1"},
        // (8) A reply, or the loss of who owes one, when more are awaited.
        {Active0, 8, "reply 2 25 35", "IE8 0>0", "Active 0 FD 40 told 40 by 1"},
        {Active1, 8, "reply 2 25 35", "IE8 1>1", "Active 1 FD 40 told 40 by 1"},
        {Active1, 8, "lose 2", "IE8 1>1", "Active 1 FD 40 told 40 by 1"},
        {Active2, 8, "reply 2 25 35", "IE8 2>2", "Active 2 FD 40 told 40 by 1"},
        {Active3, 8, "lose 3", "IE8 3>3", "Active 3 FD 40 told 40 by 1"},
        // (9), (10) The way through the successor grows, or is lost, and then it has replied.
        {Active1, 9, "update 1 50 60", "IE9 1>0", "Active 0 FD 40 told 40 by 1"},
        {Active1, 9, "cost 1 90", "IE9 1>0", "Active 0 FD 40 told 40 by 1"},
        {Active1, 9, "reply 1 50 60", "IE9 1>0; IE8 0>0", "Active 0 FD 40 told 40 by 1"},
        {Active1, 9, "lose 1", "IE9 1>0; route; IE8 0>0", "Active 0 FD 40 told 40 by"},
        {Active3, 10, "update 1 50 60", "IE10 3>2", "Active 2 FD 40 told 40 by 1"},
        {Active3, 10, "lose 1", "IE10 3>2; route; IE7 2>2", "Active 2 FD 40 told 40 by"},
        // (11), (12) The last reply, but with the FD of the queries nothing of least distance is feasible.
        {Active0, 11, "reply 1 50 60; reply 2 45 55; reply 3 inf inf",
         "stop; IE11 0>1; query 1 inf; query 2 60; query 3 60; start", "Active 1 FD 60 told 60 by 1"},
        {Active0, 11, "lose 1; reply 3 inf inf; reply 2 inf inf",
         "stop; IE11 0>1; query 2 inf; query 3 inf; start", "Active 1 FD inf told inf by"},
        {Active2, 12, "reply 2 45 55; reply 3 inf inf", "stop; IE12 2>3; query 2 60; query 3 60; start",
         "Active 3 FD 60 told 60 by 1"},
        // (13) to (16) The last reply: a successor is chosen, who waits is answered, others are told.
        {Active3, 13, "reply 3 inf inf; reply 2 25 35",
         "stop; IE13 3>P; route; reply 1 35; update 2 inf; update 3 35", "Passive FD 35 told 35 by 2"},
        {Active3, 13, "reply 2 60 70; reply 3 inf inf", "stop; IE13 3>P; route; reply 1 inf",
         "Passive FD 40 told 40 by 1"},
        {Active0, 14, "reply 1 50 60; reply 3 inf inf; reply 2 25 35",
         "stop; IE14 0>P; route; update 1 35; update 2 inf; update 3 35", "Passive FD 35 told 35 by 2"},
        {Active1, 15, "reply 1 30 40; reply 3 inf inf; reply 2 25 35",
         "stop; IE15 1>P; route; update 1 35; update 2 inf; update 3 35", "Passive FD 35 told 35 by 2"},
        {Active2, 16, "reply 3 inf inf; reply 2 25 35",
         "stop; IE16 2>P; route; reply 1 35; update 2 inf; update 3 35", "Passive FD 35 told 35 by 2"},
    };
    return all;
}

TEST(DualMachine, DoesInEveryStateWhatSection3_5Says) {
    for (const Row& row : rows()) {
        SCOPED_TRACE(fmt::format("{}, IE{}: {}", name(row.state), row.event, row.inputs));
        DualRouter router(3);
        router.play(wayTo(row.state));
        EXPECT_EQ(router.table().find(kNetwork)->state, row.state);
        const std::string effects = router.play(row.inputs);
        EXPECT_EQ(effects, row.effects);
        EXPECT_EQ(router.text(), row.then);
        const std::string transition = fmt::format("IE{} {}>{}", row.event, EffectText::shortName(row.state),
                                                   cell(row.state, row.event));
        EXPECT_NE(effects.find(transition), std::string::npos) << "not the event of the row";
    }
}

TEST(DualMachine, EveryPairThatCanHappenHasARow) {
    std::map<std::pair<State, int>, int> found;
    for (const Row& row : rows())
        ++found[{row.state, row.event}];
    for (const State state : kStates) {
        for (int event = 1; event <= kInputEvents; ++event) {
            const bool canHappen = cell(state, event) != '.';
            EXPECT_EQ(found.contains({state, event}), canHappen) << name(state) << ", IE" << event;
        }
    }
}

}  // namespace
}  // namespace peerscape::eigrp::dual
