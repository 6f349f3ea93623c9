#pragma once

#include "scenarios/config/diagnostic.hpp"
