#pragma once

#include <vector>

#include "engine/record/record_log.hpp"

namespace peerscape {

/// What a process does on one occasion, that is in answer to one input: the kept records of the same node,
/// instant and cause, in order, the record itself among them.
std::vector<const Record*> occasionOf(const RecordLog& log, const Record& record);

/// What was noted on the occasion by this kind of remark.
template <typename T>
std::vector<const T*> remarksOf(const RecordLog& log, const Record& record) {
    std::vector<const T*> remarks;
    for (const Record* one : occasionOf(log, record)) {
        const auto* noted = std::get_if<record::Noted>(&one->what);
        const T* remark = noted == nullptr ? nullptr : dynamic_cast<const T*>(noted->remark.get());
        if (remark != nullptr) remarks.push_back(remark);
    }
    return remarks;
}

}  // namespace peerscape
