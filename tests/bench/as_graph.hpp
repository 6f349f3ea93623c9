#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace peerscape::bench {

/// ASes and their business relations.
struct AsGraph {
    enum class Relation : std::uint8_t { ProviderOfCustomer, Peers };
    struct Link {
        std::uint32_t first;  ///< AS number: the provider, or one of two peers
        std::uint32_t second;
        Relation relation;
    };
    std::vector<Link> links;

    /// Numbers of all ASes, in order.
    std::vector<std::uint32_t> numbers() const;
    /// Those without customers, in order.
    std::vector<std::uint32_t> stubs() const;
};

/// An Internet-like graph of `size` ASes, numbered from 1, and 4.5 links for each: a clique of large ones, a
/// sixth that sell transit, stubs; customers by preferential attachment, peers at exchange points. It is the
/// graph that other simulators were measured on: the same for the same seed as theirs, which was drawn with
/// Python's random numbers.
AsGraph drawAsGraph(std::uint32_t size, std::string_view seed);

/// The origin that those measurements begin with: random.Random(7).sample(stubs, 10)[0].
std::vector<std::uint32_t> firstOrigins(const AsGraph& graph);

}  // namespace peerscape::bench
