# batsched-config.cmake - what find_package(batsched) gives to those who write schedulers.
#
#   batsched::batsched                      the headers
#   batsched::batsim                        the program, for tests; only if it is there
#   batsched_add_plugin(<name> <source>...) a scheduler: <name>.so, which exports nothing but its vtable
#
# Everything is found relative to this file, so that an installed tree can be moved.

get_filename_component(_batsched_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

if(NOT TARGET batsched::batsched)
    add_library(batsched::batsched INTERFACE IMPORTED)
    set_target_properties(batsched::batsched PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${_batsched_prefix}/include")
endif()

if(NOT TARGET batsched::batsim AND EXISTS "${_batsched_prefix}/bin/batsim")
    add_executable(batsched::batsim IMPORTED)
    set_target_properties(batsched::batsim PROPERTIES
        IMPORTED_LOCATION "${_batsched_prefix}/bin/batsim")
endif()

unset(_batsched_prefix)

function(batsched_add_plugin name)
    add_library(${name} MODULE ${ARGN})
    target_link_libraries(${name} PRIVATE batsched::batsched)
    set_target_properties(${name} PROPERTIES
        PREFIX "" OUTPUT_NAME ${name} C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON)
    # The oldest standards that the headers take, unless the project asks for others.
    if(NOT CMAKE_C_STANDARD)
        set_target_properties(${name} PROPERTIES C_STANDARD 11 C_STANDARD_REQUIRED ON)
    endif()
    if(NOT CMAKE_CXX_STANDARD)
        set_target_properties(${name} PROPERTIES CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON)
    endif()
endfunction()
