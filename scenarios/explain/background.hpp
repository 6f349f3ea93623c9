#pragma once

#include <string>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/record/record.hpp"
#include "scenarios/explain/evidence.hpp"

namespace peerscape {

/// What a protocol with neighbours noted when the node's route of the network changed: which neighbour came
/// or went, and what became of a computation. Sentences without full stop, with the names of neighbours.
std::vector<std::string> notesOn(const Evidence& evidence, const Record& change, const Prefix& network);

/// Why a message about the network was sent just then: it greets a new neighbour, or answers a question. A
/// sentence; empty when there is nothing to say.
std::string backgroundOf(const Evidence& evidence, const Record& sent, const Prefix& network);

}  // namespace peerscape
